import type { Strings } from "./strings.ts";

export const ms = {
	direction: "ltr",
	question: {
		nps: "Sejauh manakah kemungkinan anda mengesyorkan {shop} kepada rakan atau rakan sekerja?",
		csat: "Sejauh manakah anda berpuas hati dengan pesanan anda hari ini?",
		ces: "{shop} memudahkan saya membuat pesanan.",
	},
	ends: {
		nps: ["Sangat tidak mungkin", "Sangat mungkin"],
		csat: ["Sangat tidak berpuas hati", "Sangat berpuas hati"],
		ces: ["Sangat tidak setuju", "Sangat setuju"],
	},
	levels: ["Tidak berpuas hati", "Neutral", "Berpuas hati"],
	reasons: "Apakah yang paling mempengaruhi jawapan anda?",
	drivers: {
		quality: "Kualiti produk",
		price: "Harga",
		range: "Pilihan produk",
		information: "Maklumat produk",
		checkout: "Proses pembelian",
		payment: "Pilihan pembayaran",
		delivery: "Pilihan penghantaran",
		service: "Khidmat pelanggan",
		website: "Laman web",
	},
	comment: "Ada apa-apa yang ingin ditambah?",
	done: "Selesai",
	dismiss: "Tidak, terima kasih",
	saved: "Terima kasih, jawapan anda telah disimpan.",
	thanks: "Terima kasih atas jawapan anda.",
	waiting: "Jawapan akan dihantar sebaik sahaja anda berada dalam talian.",
	refused: "Maaf, jawapan anda tidak dapat disimpan.",
	answered: "Jawapan untuk pesanan ini telah pun diterima. Terima kasih.",
	closed: "Tiada soalan untuk anda buat masa ini.",
	script: "Sila dayakan JavaScript untuk menjawab.",
	shared: {
		nps: "Pelanggan menilai kami {value} pada skala −100 hingga 100 ({responses} jawapan dalam 30 hari).",
		csat: "{value} pelanggan kami berpuas hati ({responses} jawapan dalam 30 hari).",
		ces: "Pelanggan memberi kami {value} daripada 7 untuk kemudahan membuat pesanan ({responses} jawapan dalam 30 hari).",
	},
} as const satisfies Strings;
