namespace DeepVision.Weights.Pickles;

/// <summary>What a pickle machine remembers: its stack with marks, and its memo. All of it bounded.</summary>
internal sealed class PickleStack(PickleInput input)
{
    private const int MaxObjects = 2_000_000;
    private const int MaxDepth = 1_000_000;

    // References in tuples, lists and dictionaries take memory too, less than what they refer to.
    private const int ReferencesOfObject = 8;

    private readonly long _start = input.Position;
    private readonly List<object?> _values = [];
    private readonly List<int> _marks = [];
    private object?[] _memo = [];
    private int _objects;
    private long _derivedBytes;

    /// <summary>How many values have been remembered.</summary>
    public int Remembered { get; private set; }

    public bool IsEmpty => _values.Count == 0 && _marks.Count == 0;

    /// <summary>Where the opcode that is being carried out stands, for messages.</summary>
    public long OpcodeOffset { get; set; }

    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    public void Push(object? value)
    {
        if (_values.Count == MaxDepth)
        {
            throw Error($"more than {MaxDepth} values on the stack");
        }

        _values.Add(value);
    }

    /// <summary>Pushes a value that takes memory of its own.</summary>
    public void PushNew(object? value)
    {
        Charge(1);
        Push(value);
    }

    /// <summary>Counts objects against the limit.</summary>
    public void Charge(int objects)
    {
        if (objects > MaxObjects - _objects)
        {
            throw Error($"the pickle makes more than {MaxObjects} objects");
        }

        _objects += objects;
    }

    /// <summary>Counts references to objects against the limit.</summary>
    public void ChargeReferences(int references) => Charge(references / ReferencesOfObject);

    /// <summary>Counts bytes that are made of others against the limit.</summary>
    public void ChargeBytes(long bytes)
    {
        _derivedBytes += bytes;
        if (_derivedBytes > input.Limit)
        {
            throw Error($"the pickle makes more than {input.Limit} bytes out of texts ({nameof(WeightFileOptions)}.{nameof(WeightFileOptions.MaxMetadataBytes)})");
        }
    }

    /// <summary>The top value; a mark hides what is below it.</summary>
    public object? Peek() => _values.Count > Floor ? _values[^1] : throw Error("the pickle takes a value from an empty stack");

    public object? Pop()
    {
        object? value = Peek();
        _values.RemoveAt(_values.Count - 1);
        return value;
    }

    public void Mark()
    {
        if (_marks.Count == MaxDepth)
        {
            throw Error($"more than {MaxDepth} marks");
        }

        _marks.Add(_values.Count);
    }

    /// <summary>Takes away the top, be it a value or a mark.</summary>
    public void Discard()
    {
        if (_marks.Count > 0 && _marks[^1] == _values.Count)
        {
            _marks.RemoveAt(_marks.Count - 1);
        }
        else
        {
            Pop();
        }
    }

    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
        {
            throw Error("the pickle goes back to a mark that it never made");
        }

        int mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        ChargeReferences(_values.Count - mark);
        object?[] values = new object?[_values.Count - mark];
        _values.CopyTo(mark, values, 0, values.Length);
        _values.RemoveRange(mark, values.Length);
        return values;
    }

    /// <summary>Remembers the top value.</summary>
    public void Remember(long index)
    {
        // Writers number what they remember; an index beyond the bytes read so far can only be meant to fill memory.
        // Behind a long array that stays in the file that says little, hence the limit on objects, as nothing else is remembered.
        if (index > Math.Min(OpcodeOffset - _start, MaxObjects))
        {
            throw Error($"memo index {index} is out of order");
        }

        if (index >= _memo.Length)
        {
            Array.Resize(ref _memo, (int)Math.Max(index + 1, Math.Min((2L * _memo.Length) + 16, Array.MaxLength)));
        }

        _memo[index] = Peek();
        Remembered++;
    }

    /// <summary>Pushes what was remembered.</summary>
    public void Recall(long index) => Push(index < _memo.Length ? _memo[index] : throw Error($"memo index {index} was never filled"));

    public WeightsException Error(string problem) => input.Error(problem, OpcodeOffset);
}
