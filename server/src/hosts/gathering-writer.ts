import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver/node';

/**
 * Writes messages of one turn at once. Thousands of files are told of when a workspace is read; one message after the other, each with two
 * writes that are waited for, takes longer than finding out what to tell.
 */
export class GatheringWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #stream: NodeJS.WritableStream;
  #gathered: string[] = [];

  constructor(stream: NodeJS.WritableStream) {
    super();
    this.#stream = stream;
    stream.on('error', (error: Error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }

  async write(message: Message): Promise<void> {
    const content = JSON.stringify(message);
    this.#gathered.push(`Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`);
    if (this.#gathered.length === 1) process.nextTick(() => this.#flush());
  }

  end(): void {
    this.#flush();
  }

  #flush(): void {
    const text = this.#gathered.join('');
    this.#gathered = [];
    if (text !== '') this.#stream.write(text);
  }
}
