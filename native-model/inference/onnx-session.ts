import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { PoseMendError } from '../../contract/errors.ts';
import { checkModelFile, type ModelFiles, type ModelFolder } from './model-card.ts';

/** Where a network runs. `auto` tries what this build has, GPU first. */
export type Device = 'auto' | 'cpu' | 'cuda' | 'dml' | 'coreml' | 'webgpu';
export const DEVICES: readonly Device[] = ['auto', 'cpu', 'cuda', 'dml', 'coreml', 'webgpu'];

/** A tensor on its way into a network. `data` may be longer than the shape needs. */
export interface Feed {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/**
 * A network in ONNX Runtime. Tries providers in order, GPU before CPU; one that fails at start or in the
 * middle is left for the CPU with a notice, and the run goes on.
 */
export class OnnxSession<Model extends ModelFiles = ModelFolder> {
  readonly model: Model;
  private readonly file: string;
  private readonly ort: typeof import('onnxruntime-node');
  private readonly onNotice: (message: string) => void;
  private session: InferenceSession;
  private provider: Provider;

  private constructor(
    model: Model,
    file: string,
    ort: typeof import('onnxruntime-node'),
    onNotice: (message: string) => void,
    session: InferenceSession,
    provider: Provider,
  ) {
    this.model = model;
    this.file = file;
    this.ort = ort;
    this.onNotice = onNotice;
    this.session = session;
    this.provider = provider;
  }

  /** Throws PoseMendError if the model is damaged or no provider can run it. */
  static async open<Model extends ModelFiles>(
    model: Model,
    device: Device,
    onNotice: (message: string) => void,
  ): Promise<OnnxSession<Model>> {
    const file = await checkModelFile(model);
    const ort = await import('onnxruntime-node');
    // A provider that cannot start is reported by us, once, and not by the library's own log.
    ort.env.logLevel = 'fatal';
    const wanted = providersFor(device, ort);
    const failures: string[] = [];
    for (const provider of wanted) {
      try {
        const session = await createSession(ort, file, provider);
        // Under `auto` a machine without a GPU is no news; the device in use is shown either way.
        if (failures.length > 0 && device !== 'auto') {
          onNotice(`running on ${provider}: ${failures.join('; ')}`);
        }
        return new OnnxSession(model, file, ort, onNotice, session, provider);
      } catch (error) {
        failures.push(`${provider} could not start (${firstLine(error)})`);
      }
    }
    throw new PoseMendError(
      'failed',
      `${file}: no execution provider can run the model: ${failures.join('; ')}; try --device cpu, or a filter such as gaussian`,
    );
  }

  /** The provider in use. */
  get device(): string {
    return this.provider;
  }

  /** The outputs by name. Throws PoseMendError if the model fails on the CPU as well. */
  async run(feeds: Readonly<Record<string, Feed>>): Promise<Readonly<Record<string, Float32Array>>> {
    try {
      return await this.runOn(feeds);
    } catch (error) {
      if (this.provider === 'cpu') {
        throw new PoseMendError(
          'failed',
          `${this.file}: the model failed (${firstLine(error)}); try a filter such as gaussian`,
          { cause: error },
        );
      }
      this.onNotice(`${this.provider} failed (${firstLine(error)}); continuing on cpu`);
      await this.session.release();
      this.provider = 'cpu';
      this.session = await createSession(this.ort, this.file, 'cpu');
      return this.runOn(feeds);
    }
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }

  private async runOn(
    feeds: Readonly<Record<string, Feed>>,
  ): Promise<Readonly<Record<string, Float32Array>>> {
    const { Tensor } = this.ort;
    const tensors: Record<string, Tensor> = {};
    for (const [name, { data, shape }] of Object.entries(feeds)) {
      const size = shape.reduce((product, length) => product * length, 1);
      tensors[name] = new Tensor('float32', data.subarray(0, size), shape);
    }
    const outputs = await this.session.run(tensors);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, tensor]) => [name, tensor.data as Float32Array]),
    );
  }
}

type Provider = Exclude<Device, 'auto'>;

/** Providers to try, in order; the CPU is always last. */
function providersFor(device: Device, ort: typeof import('onnxruntime-node')): Provider[] {
  if (device === 'cpu') return ['cpu'];
  if (device !== 'auto') return [device, 'cpu'];
  // WebGPU is in every build but is a software renderer on many machines, slower than the CPU: only on request.
  const built = new Set(
    ort
      .listSupportedBackends()
      .filter(({ name, bundled }) => bundled || (name === 'cuda' && hasCudaLibrary()))
      .map(({ name }) => name),
  );
  const gpus: Provider[] = ['cuda', 'dml', 'coreml'];
  return [...gpus.filter((name) => built.has(name)), 'cpu'];
}

/** CUDA's provider is a library of its own, which the package fetches only where it is asked to. */
function hasCudaLibrary(): boolean {
  const bin = join(dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json')), 'bin');
  return (
    globSync(`napi-v*/${process.platform}/${process.arch}/*onnxruntime_providers_cuda*`, { cwd: bin })
      .length > 0
  );
}

function createSession(
  ort: typeof import('onnxruntime-node'),
  file: string,
  provider: Provider,
): Promise<InferenceSession> {
  return ort.InferenceSession.create(file, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // Threads that wait in a busy loop halve the speed where another program wants the cores too.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
