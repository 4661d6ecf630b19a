import type { Strings } from "./strings.ts";

export const ar = {
	direction: "rtl",
	question: {
		nps: "ما مدى احتمال أن توصي صديقًا أو زميلًا بالتعامل مع {shop}؟",
		csat: "ما مدى رضاك عن طلبك اليوم؟",
		ces: "سهّل عليّ {shop} إتمام طلبي.",
	},
	ends: {
		nps: ["غير محتمل إطلاقًا", "محتمل جدًا"],
		csat: ["غير راضٍ إطلاقًا", "راضٍ جدًا"],
		ces: ["لا أوافق بشدة", "أوافق بشدة"],
	},
	reasons: "ما أكثر ما أثّر في إجابتك؟",
	drivers: {
		quality: "جودة المنتجات",
		price: "السعر",
		range: "تنوّع المنتجات",
		information: "معلومات المنتج",
		checkout: "إتمام الشراء",
		payment: "خيارات الدفع",
		delivery: "خيارات التوصيل",
		service: "خدمة العملاء",
		website: "الموقع",
	},
	comment: "هل تودّ إضافة شيء؟",
	done: "تم",
	dismiss: "لا، شكرًا",
	saved: "شكرًا، تم حفظ إجابتك.",
	thanks: "شكرًا على إجابتك.",
	waiting: "سنرسلها فور اتصالك بالإنترنت.",
	shared: {
		nps: "تقييم عملائنا لنا {value} على مقياس من \u200e−100 إلى 100 (عدد الإجابات خلال 30 يومًا: {responses}).",
		csat: "{value} من عملائنا راضون (عدد الإجابات خلال 30 يومًا: {responses}).",
		ces: "يقيّم عملاؤنا سهولة التعامل معنا بـ {value} من 7 (عدد الإجابات خلال 30 يومًا: {responses}).",
	},
} as const satisfies Strings;
