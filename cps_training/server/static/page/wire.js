// The way to the kernel: frames of Jupyter's v1 protocol, a socket that comes back, messages that wait. Knows no message's meaning.

const PROTOCOL = "v1.kernel.websocket.jupyter.org", MOST_WAITING = 100;
const FIRST_PAUSE_MS = 500, LONGEST_PAUSE_MS = 10000, LONGEST_TRY_MS = 30000, LONGEST_ASKING_MS = 5000;

/** A UUID: over plain http there is no crypto.randomUUID. */
export function freshId() {
  return "00000000-0000-4000-8000-000000000000".replace(/0/g, () => (crypto.getRandomValues(new Uint8Array(1))[0] & 15).toString(16));
}

/** The bytes of a buffer, or of the part of one that a view looks at. */
export function octets(buffer) {
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer) : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** How many offsets, the offsets, then channel, header, parent header, metadata, content and buffers. */
export function packFrame(header, content, buffers = []) {
  const texts = ["shell", JSON.stringify(header), "{}", "{}", JSON.stringify(content)];
  const parts = [...texts.map((text) => new TextEncoder().encode(text)), ...buffers.map(octets)];
  let at = 8 * (parts.length + 2);
  const frame = new Uint8Array(parts.reduce((sum, part) => sum + part.length, at));
  const table = new BigUint64Array(frame.buffer, 0, parts.length + 2);
  table.set([BigInt(parts.length + 1), BigInt(at)]);
  parts.forEach((part, n) => {
    frame.set(part, at);
    table[n + 2] = BigInt((at += part.length));
  });
  return frame;
}

/** Raises where a frame is not what it says. The parent header is read only when it is asked for. */
export function unpackFrame(frame) {
  const count = Number(new BigUint64Array(frame, 0, 1)[0]);
  const at = Array.from(new BigUint64Array(frame, 8, count), Number);
  const part = (n) => frame.slice(at[n], at[n + 1]);
  const read = (n) => JSON.parse(new TextDecoder().decode(part(n)));
  return { type: read(1).msg_type, content: read(4), parent: () => read(2).msg_id, buffers: at.slice(6).map((_, n) => new DataView(part(n + 5))) };
}

/**
 * page: what to do when a socket has `opened`, a message was `heard`, the way was `lost`, the kernel is no more (`over`).
 * Until the page says that it is `through` only its `greet` is sent, and the rest waits.
 */
export function wireTo(kernel, page) {
  const address = `/api/kernels/${kernel}`, session = freshId();
  let socket, timer, waiting = [], tries = 0, count = 0, isThrough = false, isOver = false;

  function connect() {
    if (isOver || socket) return;
    clearTimeout(timer);
    const mine = (socket = new WebSocket(`${location.origin.replace("http", "ws")}${address}/channels?session_id=${session}`, PROTOCOL));
    timer = setTimeout(() => mine.close(), LONGEST_TRY_MS);
    mine.binaryType = "arraybuffer";
    mine.onopen = () => (clearTimeout(timer), page.opened());
    mine.onmessage = hear;
    mine.onclose = lose;
  }

  function hear({ data }) {
    try {
      page.heard(unpackFrame(data));
    } catch (error) {
      console.warn("a message of the kernel was left out:", error); // the next one is another
    }
  }

  async function lose() {
    const wasThrough = isThrough;
    drop();
    page.lost();
    if (!wasThrough && (await isGone())) return end();
    const pause = FIRST_PAUSE_MS * 2 ** tries++ * (1 + Math.random() / 2); // not everybody in the same moment
    if (!socket) timer = setTimeout(connect, Math.min(LONGEST_PAUSE_MS, pause));
  }

  // Where nobody answers, the network or the server is away, and both may come back.
  async function isGone() {
    const how = { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(LONGEST_ASKING_MS) };
    const answer = await fetch(address, how).catch(() => ({}));
    return answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404;
  }

  /** Let go of the socket: what is said now waits for the next. */
  function drop() {
    clearTimeout(timer);
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    socket?.close();
    socket = undefined;
    isThrough = false;
  }

  /** The kernel is gone: nothing is tried any more. */
  function end() {
    isOver = true;
    drop();
    page.over();
  }

  /** Try now. isAnew: even where there is a socket, because the network is another. */
  function hurry(isAnew) {
    if (isOver) return page.over();
    if (isAnew) drop();
    tries = 0;
    connect();
  }

  function header(msg_type) {
    return { msg_id: `${session}_${count++}`, msg_type, session, username: "", version: "5.3", date: new Date().toISOString() };
  }

  function put(message) {
    if (isThrough && socket.readyState === WebSocket.OPEN) socket.send(message.frame);
    else if (isOver || waiting.length >= MOST_WAITING) throw new Error("there is no way to the kernel");
    else waiting.push(message);
  }

  /** Gives the message's id. Raises where it could not even wait, so that a view can tell at once. */
  function say(type, content, buffers) {
    const head = header(type);
    put({ comm: content.comm_id, frame: packFrame(head, content, buffers) });
    return head.msg_id;
  }

  /** The kernel knows the page. */
  function through() {
    isThrough = true;
    tries = 0;
  }

  /** What has waited goes out, but for comms that are no more. */
  function flush(isThere) {
    const waited = waiting.filter((message) => isThere(message.comm));
    waiting = [];
    waited.forEach(put);
  }

  const greet = (type, content) => socket.send(packFrame(header(type), content));
  return { connect, hurry, drop, end, greet, through, flush, say, isThrough: () => isThrough };
}
