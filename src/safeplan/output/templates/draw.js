// Recomputes a draw. SHA-256 (FIPS 180-4) by hand: a page opened from a disk may have no crypto.subtle.
"use strict";

function sha256(text) {
  const bytes = new TextEncoder().encode(text);
  const rotate = (x, n) => (x >>> n) | (x << (32 - n));
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const part = (x) => Math.floor((x - Math.floor(x)) * 4294967296);
  const k = primes.map((p) => part(Math.cbrt(p)));
  const h = primes.slice(0, 8).map((p) => part(Math.sqrt(p)));
  const size = Math.ceil((bytes.length + 9) / 64) * 64;
  const block = new DataView(new ArrayBuffer(size));
  bytes.forEach((byte, i) => block.setUint8(i, byte));
  block.setUint8(bytes.length, 128);
  block.setUint32(size - 8, Math.floor(bytes.length / 536870912));
  block.setUint32(size - 4, (bytes.length << 3) >>> 0);
  for (let start = 0; start < size; start += 64) {
    const w = [];
    for (let i = 0; i < 16; i++) w[i] = block.getUint32(start + 4 * i);
    for (let i = 16; i < 64; i++) {
      const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, last] = h;
    for (let i = 0; i < 64; i++) {
      const t1 = (last + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [last, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, last].forEach((x, i) => { h[i] = (h[i] + x) | 0; });
  }
  return h.map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
}

const digest = (parts) => sha256(JSON.stringify(parts.map((part) => part.normalize("NFC"))));

function inOrder(ids, before) {
  return ids.map((id) => [digest([...before, id]), id]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

function drawnBy(record, seed) {
  const excluded = new Set(record.excluded.map((one) => one.enterprise));
  const replaced = new Set(record.replaced.map((one) => one.enterprise));
  const left = record.pool.filter((id) => !excluded.has(id));
  const order = inOrder(left, [seed, record.rule, record.period]);
  return order.filter(([, id]) => !replaced.has(id)).slice(0, Math.min(record.k, left.length));
}

function crewBy(record, seed, enterprise) {
  const crew = new Set(record.crews[enterprise]);
  const order = inOrder(record.officers, [seed, record.rule, record.period, enterprise]);
  return order.map(([, id]) => id).filter((id) => crew.has(id));
}

function recompute(record) {
  const [part, whole] = record.share.map(BigInt);
  const share = record.pool.length ? Number((part * BigInt(record.pool.length) + whole - 1n) / whole) : 0;
  const found = {
    pool: digest(record.pool) === record.pool_sha256,
    number: record.k === (record.pool.length ? Math.max(1, share) : 0),
  };
  if (record.seed !== null) {
    const list = drawnBy(record, record.seed).map(([, id]) => id);
    found.list = JSON.stringify(list) === JSON.stringify(record.drawn);
    found.crews = Object.entries(record.crews).every(
      ([enterprise, crew]) => JSON.stringify(crewBy(record, record.seed, enterprise)) === JSON.stringify(crew),
    );
  }
  return found;
}

function rows(table, lines) {
  table.replaceChildren();
  for (const cells of lines) {
    const row = table.insertRow();
    for (const text of cells) row.insertCell().textContent = text;
  }
}

function show() {
  const record = JSON.parse(document.getElementById("record").textContent);
  const said = JSON.parse(document.getElementById("said").textContent);
  const found = recompute(record);
  rows(
    document.getElementById("checks"),
    Object.entries(found).map(([what, right]) => [said[what], right ? said.right : said.wrong]),
  );
  document.body.dataset.verified = String(Object.values(found).every(Boolean));
  const seed = document.getElementById("seed");
  const list = () => rows(
    document.getElementById("list"),
    seed.value === "" ? [] : drawnBy(record, seed.value).map(([hash, id], i) => [
      String(i + 1), id, (record.crews[id] || []).join(" "), hash,
    ]),
  );
  seed.value = record.seed === null ? "" : record.seed;
  seed.addEventListener("input", list);
  list();
}

show();
