using System.Globalization;
using System.Numerics;
using DeepVision.Weights.Sources;

namespace DeepVision.Weights.Pickles;

/// <summary>
/// A pickle machine that makes data and nothing else: numbers, texts, lists, dictionaries, tensors, and of everything that it
/// does not know an inert <see cref="PickleRecord"/>. A damaged pickle is an error with its offset.
/// </summary>
/// <remarks>
/// Python's values are: null, <see cref="bool"/>, <see cref="long"/>, <see cref="BigInteger"/>, <see cref="double"/>,
/// <see cref="string"/>, byte[], <c>object?[]</c> for tuples, <see cref="List{T}"/> for lists,
/// <see cref="PickleBlob"/> for long bytes, <see cref="PickleDictionary"/>, <see cref="PickleGlobal"/>,
/// <see cref="PickleRecord"/>, and the types of torch and NumPy.
/// The opcode letters are those of Python's <c>pickletools</c>.
/// </remarks>
internal sealed class PickleReader
{
    private const int HighestProtocol = 5;
    private const int MaxIntegerBytes = 1 << 20;

    // Longer integers, like keys of RSA, are never asked for their value.
    private const int MaxNumberBytes = 256;
    private const int SmallIntegers = 1024;

    private static readonly object[] Small = [.. Enumerable.Range(0, SmallIntegers).Select(i => (object)(long)i)];
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly PickleInput _input;
    private readonly TorchRebuilder _torch;
    private readonly PickleStack _stack;

    private PickleReader(PickleInput input, TorchRebuilder torch)
    {
        _input = input;
        _torch = torch;
        _stack = new PickleStack(input);
    }

    /// <summary>Reads one pickle, up to and with its STOP.</summary>
    /// <exception cref="WeightsException">The pickle is damaged, or asks for more than data.</exception>
    public static object? Read(PickleInput input, TorchRebuilder torch) => new PickleReader(input, torch).Run();

    private object? Run()
    {
        while (true)
        {
            _stack.OpcodeOffset = _input.Position;
            byte opcode = _input.ReadByte();
            if (opcode == '.')
            {
                object? result = _stack.Pop();
                return _stack.IsEmpty ? result : throw Error("the pickle stops with values left over");
            }

            if (!TryNumberOrText(opcode) && !TryCollection(opcode) && !TryMemoOrStack(opcode) && !TryObject(opcode))
            {
                throw Error($"unknown or unsupported pickle opcode 0x{opcode:X2}; the file is corrupt, or was written with another tool than torch.save");
            }
        }
    }

    private bool TryNumberOrText(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'N':
                _stack.Push(null);
                break;
            case 0x88: // NEWTRUE
                _stack.Push(True);
                break;
            case 0x89: // NEWFALSE
                _stack.Push(False);
                break;
            case (byte)'K': // BININT1
                PushInteger(_input.ReadByte());
                break;
            case (byte)'M': // BININT2
                PushInteger(_input.ReadUInt16());
                break;
            case (byte)'J': // BININT
                PushInteger(_input.ReadInt32());
                break;
            case 0x8A: // LONG1
                PushInteger(new BigInteger(_input.ReadBytes(_input.ReadByte())));
                break;
            case 0x8B: // LONG4
                PushLongInteger(_input.ReadInt32());
                break;
            case (byte)'I': // INT, LONG: decimal text
            case (byte)'L':
                PushDecimal(_input.ReadLine(), opcode == 'I');
                break;
            case (byte)'G': // BINFLOAT
                _stack.PushNew(_input.ReadDoubleBigEndian());
                break;
            case (byte)'F': // FLOAT: decimal text
                string text = _input.ReadLine();
                _stack.PushNew(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    ? value
                    : throw Error($"'{PrintableText.Of(text)}' is not a number"));
                break;
            case (byte)'X': // BINUNICODE
                _stack.PushNew(_input.ReadUtf8((uint)_input.ReadInt32()));
                break;
            case 0x8C: // SHORT_BINUNICODE
                _stack.PushNew(_input.ReadUtf8(_input.ReadByte()));
                break;
            case 0x8D: // BINUNICODE8
                _stack.PushNew(_input.ReadUtf8(_input.ReadInt64()));
                break;
            case (byte)'U': // SHORT_BINSTRING
                _stack.PushNew(_input.ReadPython2String(_input.ReadByte()));
                break;
            case (byte)'T': // BINSTRING
                _stack.PushNew(_input.ReadPython2String(_input.ReadInt32()));
                break;
            case (byte)'C': // SHORT_BINBYTES
                _stack.PushNew(_input.ReadBytes(_input.ReadByte()));
                break;
            case (byte)'B': // BINBYTES
                _stack.PushNew(_input.ReadBlob((uint)_input.ReadInt32()));
                break;
            case 0x8E: // BINBYTES8
            case 0x96: // BYTEARRAY8
                _stack.PushNew(_input.ReadBlob(_input.ReadInt64()));
                break;
            default:
                return false;
        }

        return true;
    }

    private bool TryCollection(byte opcode)
    {
        switch (opcode)
        {
            case (byte)')': // EMPTY_TUPLE
                _stack.Push(Array.Empty<object?>());
                break;
            case (byte)'t': // TUPLE
                _stack.PushNew(_stack.PopToMark());
                break;
            case 0x85: // TUPLE1, TUPLE2, TUPLE3
            case 0x86:
            case 0x87:
                var tuple = new object?[opcode - 0x84];
                for (int i = tuple.Length - 1; i >= 0; i--)
                {
                    tuple[i] = _stack.Pop();
                }

                _stack.PushNew(tuple);
                break;
            case (byte)']': // EMPTY_LIST
                _stack.PushNew(new List<object?>());
                break;
            case (byte)'l': // LIST
                _stack.PushNew(new List<object?>(_stack.PopToMark()));
                break;
            case (byte)'a': // APPEND
                Append([_stack.Pop()]);
                break;
            case (byte)'e': // APPENDS
            case 0x90: // ADDITEMS
                Append(_stack.PopToMark());
                break;
            case (byte)'}': // EMPTY_DICT
                _stack.PushNew(new PickleDictionary());
                break;
            case (byte)'d': // DICT
                object?[] entries = _stack.PopToMark();
                _stack.PushNew(new PickleDictionary());
                SetItems(entries);
                break;
            case (byte)'s': // SETITEM
                object? value = _stack.Pop();
                SetItems([_stack.Pop(), value]);
                break;
            case (byte)'u': // SETITEMS
                SetItems(_stack.PopToMark());
                break;
            case 0x8F: // EMPTY_SET
                _stack.PushNew(new PickleRecord("builtins.set", [], _stack.OpcodeOffset));
                break;
            case 0x91: // FROZENSET
                _stack.PushNew(new PickleRecord("builtins.frozenset", [], _stack.OpcodeOffset) { Elements = [.. _stack.PopToMark()] });
                break;
            default:
                return false;
        }

        return true;
    }

    private bool TryMemoOrStack(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(': // MARK
                _stack.Mark();
                break;
            case (byte)'0': // POP
                _stack.Discard();
                break;
            case (byte)'1': // POP_MARK
                _stack.PopToMark();
                break;
            case (byte)'2': // DUP
                _stack.Push(_stack.Peek());
                break;
            case (byte)'q': // BINPUT
                _stack.Remember(_input.ReadByte());
                break;
            case (byte)'r': // LONG_BINPUT
                _stack.Remember((uint)_input.ReadInt32());
                break;
            case (byte)'p': // PUT
                _stack.Remember(ParseIndex());
                break;
            case 0x94: // MEMOIZE
                _stack.Remember(_stack.Remembered);
                break;
            case (byte)'h': // BINGET
                _stack.Recall(_input.ReadByte());
                break;
            case (byte)'j': // LONG_BINGET
                _stack.Recall((uint)_input.ReadInt32());
                break;
            case (byte)'g': // GET
                _stack.Recall(ParseIndex());
                break;
            default:
                return false;
        }

        return true;
    }

    private bool TryObject(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: // PROTO
                int protocol = _input.ReadByte();
                if (protocol > HighestProtocol)
                {
                    throw Error($"pickle protocol {protocol}; protocols up to {HighestProtocol} are read");
                }

                break;
            case 0x95: // FRAME: a hint for readers that prefetch
                _input.ReadInt64();
                break;
            case (byte)'c': // GLOBAL
                string module = _input.ReadLine();
                _stack.PushNew(Global(module, _input.ReadLine()));
                break;
            case 0x93: // STACK_GLOBAL
                if (_stack.Pop() is not string name || _stack.Pop() is not string from)
                {
                    throw Error("a global is named by something else than two texts");
                }

                _stack.PushNew(Global(from, name));
                break;
            case (byte)'R': // REDUCE
            case 0x81: // NEWOBJ
                object? arguments = _stack.Pop();
                Call(_stack.Pop(), arguments as object?[]);
                break;
            case 0x92: // NEWOBJ_EX: class, arguments, named arguments
                _stack.Pop();
                object? positional = _stack.Pop();
                Call(_stack.Pop(), positional as object?[]);
                break;
            case (byte)'o': // OBJ: class and arguments above a mark
                object?[] parts = _stack.PopToMark();
                Call(parts.Length > 0 ? parts[0] : null, parts.Length > 0 ? parts[1..] : null);
                break;
            case (byte)'i': // INST: as OBJ, with the class by name
                string instanceModule = _input.ReadLine();
                PickleGlobal instanceOf = Global(instanceModule, _input.ReadLine());
                Call(instanceOf, _stack.PopToMark());
                break;
            case (byte)'b': // BUILD
                object? state = _stack.Pop();
                _torch.Build(_stack.Peek(), state);
                break;
            case (byte)'Q': // BINPERSID
                _stack.PushNew(_torch.Load(_stack.Pop(), _input, _stack.OpcodeOffset));
                break;
            case 0x82: // EXT1, EXT2, EXT4
            case 0x83:
            case 0x84:
                throw Error("the pickle uses Python's extension registry, which torch.save never does");
            case (byte)'P': // PERSID: an object kept elsewhere, by a line of text
                _stack.PushNew(new PickleRecord($"persistent object {PrintableText.Of(_input.ReadLine())}", [], _stack.OpcodeOffset));
                break;
            case (byte)'S': // STRING, UNICODE: quoted texts, of protocol 0 alone
            case (byte)'V':
                throw Error("the pickle is of protocol 0, which is not read; in Python load it, where you trust it, and write it again by pickle.dump(object, file, protocol=2)");
            case 0x97: // NEXT_BUFFER
            case 0x98: // READONLY_BUFFER
                throw Error($"pickle opcode 0x{opcode:X2} asks for bytes that stand in no file; save the bare weights with torch.save(model.state_dict(), path)");
            default:
                return false;
        }

        return true;
    }

    private PickleGlobal Global(string module, string name)
    {
        PickleGlobal global = PickleGlobal.Find(module, name, _stack.OpcodeOffset);
        if (global.Kind == PickleGlobalKind.Unknown)
        {
            _torch.NoteUnknown(global.Name);
        }

        return global;
    }

    private void Call(object? callee, object?[]? arguments)
    {
        if (arguments is null || callee is not (PickleGlobal or PickleRecord))
        {
            throw Error("a call of something that is not a known global, or without a tuple of arguments");
        }

        // Arguments can be remembered and be those of many calls, each of which looks them through or copies them.
        _stack.ChargeReferences(arguments.Length);

        // A list of pairs can be remembered and turned into a dictionary many times: each copy counts.
        _stack.Charge(arguments is [List<object?> pairs] ? pairs.Count : 0);
        if (callee is PickleGlobal { Kind: PickleGlobalKind.Encode or PickleGlobalKind.Bytes })
        {
            // So can a text that is turned into bytes.
            _stack.ChargeBytes(arguments is [string text, ..] ? text.Length : 0);
        }

        _stack.PushNew(callee is PickleGlobal global
            ? _torch.Call(global, arguments, _input, _stack.OpcodeOffset)
            : new PickleRecord(((PickleRecord)callee).Name, arguments, _stack.OpcodeOffset));
    }

    private void PushLongInteger(int bytes)
    {
        if (bytes > MaxIntegerBytes)
        {
            throw Error($"an integer of {bytes} bytes; at most {MaxIntegerBytes} are read");
        }

        byte[] littleEndian = _input.ReadBytes(bytes);
        if (bytes <= MaxNumberBytes)
        {
            PushInteger(new BigInteger(littleEndian));
        }
        else
        {
            _stack.PushNew(new PickleRecord("builtins.int", [], _stack.OpcodeOffset));
        }
    }

    private void PushInteger(BigInteger number)
    {
        if (number >= long.MinValue && number <= long.MaxValue)
        {
            PushInteger((long)number);
        }
        else
        {
            _stack.PushNew(number);
        }
    }

    private void PushInteger(long number)
    {
        if ((ulong)number < SmallIntegers)
        {
            _stack.Push(Small[number]);
        }
        else
        {
            _stack.PushNew(number);
        }
    }

    private void PushDecimal(string text, bool mayBeBoolean)
    {
        if (mayBeBoolean && text is "00" or "01")
        {
            _stack.Push(text == "01" ? True : False);
            return;
        }

        PushInteger(BigInteger.TryParse(text.AsSpan().TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number)
            ? number
            : throw Error($"'{PrintableText.Of(text)}' is not an integer"));
    }

    private long ParseIndex()
    {
        string text = _input.ReadLine();
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint index)
            ? index
            : throw Error($"'{PrintableText.Of(text)}' is not a memo index");
    }

    private void Append(ReadOnlySpan<object?> items)
    {
        switch (_stack.Peek())
        {
            case List<object?> list:
                list.AddRange(items);
                break;
            case PickleRecord record:
                (record.Elements ??= []).AddRange(items);
                break;
            default:
                throw Error("items are appended to something that is not a list");
        }
    }

    private void SetItems(object?[] entries)
    {
        if (entries.Length % 2 != 0)
        {
            throw Error("a key without a value");
        }

        PickleDictionary target = _stack.Peek() switch
        {
            PickleDictionary dictionary => dictionary,
            PickleRecord record => record.Items ??= new PickleDictionary(),
            _ => throw Error("entries are set in something that is not a dictionary"),
        };
        for (int i = 0; i < entries.Length; i += 2)
        {
            target.Set(entries[i], entries[i + 1]);
        }
    }

    private WeightsException Error(string problem) => _stack.Error(problem);
}
