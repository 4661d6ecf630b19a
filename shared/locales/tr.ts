import type { Strings } from "./strings.ts";

export const tr = {
	direction: "ltr",
	question: {
		nps: "{shop} mağazasını bir arkadaşınıza veya meslektaşınıza tavsiye etme olasılığınız nedir?",
		csat: "Bugünkü siparişinizden ne kadar memnun kaldınız?",
		ces: "{shop} mağazası sipariş vermemi kolaylaştırdı.",
	},
	ends: {
		nps: ["Kesinlikle tavsiye etmem", "Kesinlikle tavsiye ederim"],
		csat: ["Hiç memnun kalmadım", "Çok memnun kaldım"],
		ces: ["Kesinlikle katılmıyorum", "Kesinlikle katılıyorum"],
	},
	levels: ["Memnun kalmadım", "Kararsızım", "Memnun kaldım"],
	reasons: "Yanıtınızda en çok ne etkili oldu?",
	drivers: {
		quality: "Ürün kalitesi",
		price: "Fiyat",
		range: "Ürün çeşitliliği",
		information: "Ürün bilgileri",
		checkout: "Sipariş süreci",
		payment: "Ödeme seçenekleri",
		delivery: "Teslimat seçenekleri",
		service: "Müşteri hizmetleri",
		website: "Web sitesi",
	},
	comment: "Eklemek istediğiniz bir şey var mı?",
	done: "Tamam",
	dismiss: "Hayır, teşekkürler",
	saved: "Teşekkürler, yanıtınız kaydedildi.",
	thanks: "Yanıtınız için teşekkür ederiz.",
	waiting: "İnternete bağlandığınız anda gönderilecek.",
	refused: "Üzgünüz, yanıtınız kaydedilemedi.",
	answered: "Bu sipariş için daha önce yanıt verilmiş. Teşekkürler.",
	closed: "Şu anda size bir sorumuz yok.",
	script: "Yanıtlamak için lütfen JavaScript’i etkinleştirin.",
	shared: {
		nps: "Müşterilerimiz bize −100 ile 100 arasındaki ölçekte {value} puan veriyor (son 30 günde {responses} yanıt).",
		csat: "Memnun müşteri oranımız {value} (son 30 günde {responses} yanıt).",
		ces: "Müşterilerimiz sipariş kolaylığı için bize 7 üzerinden {value} puan veriyor (son 30 günde {responses} yanıt).",
	},
} as const satisfies Strings;
