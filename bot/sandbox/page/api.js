// The page's only way to the server: fetch for questions, one WebSocket for news.

/** What the server answered when it refused: `message` is fit to be shown. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const options = { method, headers: {} };
  if (body instanceof Blob) {
    options.headers["Content-Type"] = body.type || "application/octet-stream";
    options.body = body;
  } else if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(`/sandbox/${path}`, options);
  } catch {
    throw new ApiError(0, "The sandbox cannot be reached. Is it still running?");
  }
  const text = await response.text();
  const answer = parse(text);
  if (!response.ok) throw new ApiError(response.status, reason(answer) ?? text ?? response.statusText);
  return answer;
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function reason(answer) {
  const value = answer?.error ?? answer?.message;
  return typeof value === "string" ? value : (value?.message ?? null);
}

const query = (parameters) => new URLSearchParams(parameters).toString();

export const api = {
  people: () => call("GET", "people"),
  state: (as) => call("GET", `state?${query({ as })}`),
  messages: (as, channelId) => call("GET", `channels/${channelId}/messages?${query({ as })}`),
  commands: (as, channelId) => call("GET", `commands?${query({ as, channel_id: channelId })}`),
  sendFile: (as, channelId, file) => call("POST", `files?${query({ as, channel_id: channelId, filename: file.name })}`, file),
  interact: (body) => call("POST", "interactions", body),
  say: (body) => call("POST", "messages", body),
  edit: (body) => call("PATCH", "messages", body),
  deleteMessage: (body) => call("DELETE", "messages", body),
  react: (body) => call("PUT", "reactions", body),
  unreact: (body) => call("DELETE", "reactions", body),
  setPerson: (id, changes) => call("POST", `people/${id}`, changes),
  faults: () => call("GET", "faults"),
  addFault: (fault) => call("POST", "faults", fault),
  moderate: (body) => call("POST", "moderation", body),
  clearFaults: () => call("DELETE", "faults"),
  clock: () => call("GET", "clock"),
  moveClock: (change) => call("POST", "clock", change),
};

/**
 * Keep one WebSocket open for a person. `onEvent(type, data)` gets the news, `onStatus(open)` every
 * change of the line; it comes back by itself, a little later each time. Returns a function that ends it.
 */
export function listen(as, onEvent, onStatus) {
  let socket = null;
  let timer = null;
  let attempts = 0;
  let ended = false;

  const open = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/sandbox/ws?${query({ as })}`);
    socket.onopen = () => {
      attempts = 0;
      onStatus(true);
    };
    socket.onmessage = (message) => {
      const event = parse(message.data);
      if (!ended && event?.t) onEvent(event.t, event.d);
    };
    socket.onclose = () => {
      if (ended) return;
      onStatus(false);
      attempts += 1;
      timer = setTimeout(open, Math.min(5000, 250 * 2 ** attempts));
    };
  };
  open();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket?.close();
  };
}
