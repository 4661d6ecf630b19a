import type { Strings } from "./strings.ts";

export const id = {
	direction: "ltr",
	question: {
		nps: "Seberapa besar kemungkinan Anda merekomendasikan {shop} kepada teman atau kolega?",
		csat: "Seberapa puas Anda dengan pesanan Anda hari ini?",
		ces: "{shop} memudahkan saya dalam melakukan pemesanan.",
	},
	ends: {
		nps: ["Sangat tidak mungkin", "Sangat mungkin"],
		csat: ["Sangat tidak puas", "Sangat puas"],
		ces: ["Sangat tidak setuju", "Sangat setuju"],
	},
	levels: ["Tidak puas", "Netral", "Puas"],
	reasons: "Apa yang paling memengaruhi jawaban Anda?",
	drivers: {
		quality: "Kualitas produk",
		price: "Harga",
		range: "Pilihan produk",
		information: "Informasi produk",
		checkout: "Proses checkout",
		payment: "Metode pembayaran",
		delivery: "Opsi pengiriman",
		service: "Layanan pelanggan",
		website: "Situs web",
	},
	comment: "Ada yang ingin Anda tambahkan?",
	done: "Selesai",
	dismiss: "Tidak, terima kasih",
	saved: "Terima kasih, jawaban Anda telah disimpan.",
	thanks: "Terima kasih atas jawaban Anda.",
	waiting: "Jawaban akan dikirim begitu Anda terhubung ke internet.",
	refused: "Maaf, jawaban Anda tidak dapat disimpan.",
	answered: "Jawaban untuk pesanan ini telah kami terima. Terima kasih.",
	closed: "Saat ini tidak ada pertanyaan untuk Anda.",
	script: "Aktifkan JavaScript untuk menjawab.",
	shared: {
		nps: "Pelanggan memberi kami nilai {value} pada skala −100 hingga 100 ({responses} jawaban dalam 30 hari).",
		csat: "{value} pelanggan kami merasa puas ({responses} jawaban dalam 30 hari).",
		ces: "Pelanggan memberi nilai {value} dari 7 untuk kemudahan memesan di toko kami ({responses} jawaban dalam 30 hari).",
	},
} as const satisfies Strings;
