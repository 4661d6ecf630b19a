/** The CRC-32 of a text's UTF-8 bytes (IEEE 802.3, as in zip), an unsigned 32-bit integer. */
export function crc32(text: string): number {
	let crc = ~0;
	for (const byte of new TextEncoder().encode(text)) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}
