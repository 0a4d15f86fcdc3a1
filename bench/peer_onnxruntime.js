// ONNX Runtime as a peer of the yardstick. Same arguments and commands as DeepVision.BenchServer; package=FOLDER is onnxruntime-node.
'use strict';
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const { performance } = require('perf_hooks');

const options = Object.fromEntries(process.argv.slice(2).map(argument => {
  const at = argument.indexOf('=');
  return [argument.slice(0, at), argument.slice(at + 1)];
}));
const ort = require(options.package);

async function main() {
  if (options.isa === 'avx2' && process.env.DEEPVISION_AVX512_HIDDEN !== '1') {
    throw new Error('ONNX Runtime was to be held to AVX2, but AVX-512 is not hidden from it');
  }
  const session = await ort.InferenceSession.create(options.weights, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: Number(options.threads),
    interOpNumThreads: 1,
    enableCpuMemArena: true,
    enableMemPattern: true,
    extra: { session: { intra_op: { allow_spinning: '1' } } },
  });
  const bytes = fs.readFileSync(options.input);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const shape = [Number(options.batch), 3, Number(options.height), Number(options.width)];
  const feeds = { [session.inputNames[0]]: new ort.Tensor('float32', values, shape) };

  // Outputs are written into the same tensors in every run.
  const fetches = await session.run(feeds);
  for (const name of session.outputNames) {
    fetches[name] = new ort.Tensor('float32', new Float32Array(fetches[name].data.length), fetches[name].dims);
  }
  const version = JSON.parse(fs.readFileSync(path.join(options.package, 'package.json'))).version;
  console.log(`ready ONNX Runtime ${version}, all optimisations, spinning, ${options.threads} threads`);

  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [command, argument] = line.split(' ');
    if (!command) {
      break;
    } else if (command === 'output') {
      await session.run(feeds, fetches);
      const file = fs.openSync(argument, 'w');
      for (const name of session.outputNames) {
        fs.writeSync(file, new Uint8Array(fetches[name].data.buffer));
      }
      fs.closeSync(file);
      console.log(['written', ...session.outputNames.map(name => `${name}:${fetches[name].data.length}`)].join(' '));
    } else if (command === 'run') {
      const times = [];
      for (let i = 0; i < Number(argument); i++) {
        const start = performance.now();
        await session.run(feeds, fetches);
        times.push((performance.now() - start).toFixed(3));
      }
      console.log(times.join(' '));
    }
  }
}

main().then(() => process.exit(0), error => {
  console.error(String(error));
  process.exit(1);
});
