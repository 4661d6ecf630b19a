import type { Strings } from "./strings.ts";

export const vi = {
	direction: "ltr",
	question: {
		nps: "Bạn sẵn sàng giới thiệu {shop} cho bạn bè hoặc đồng nghiệp ở mức nào?",
		csat: "Bạn hài lòng với đơn hàng hôm nay ở mức nào?",
		ces: "{shop} giúp tôi đặt hàng dễ dàng.",
	},
	ends: {
		nps: ["Hoàn toàn không sẵn sàng", "Rất sẵn sàng"],
		csat: ["Rất không hài lòng", "Rất hài lòng"],
		ces: ["Hoàn toàn không đồng ý", "Hoàn toàn đồng ý"],
	},
	levels: ["Không hài lòng", "Bình thường", "Hài lòng"],
	reasons: "Điều gì ảnh hưởng nhiều nhất đến câu trả lời của bạn?",
	drivers: {
		quality: "Chất lượng sản phẩm",
		price: "Giá cả",
		range: "Độ đa dạng sản phẩm",
		information: "Thông tin sản phẩm",
		checkout: "Quy trình đặt hàng",
		payment: "Phương thức thanh toán",
		delivery: "Phương thức giao hàng",
		service: "Dịch vụ khách hàng",
		website: "Trang web",
	},
	comment: "Bạn muốn chia sẻ thêm điều gì không?",
	done: "Xong",
	dismiss: "Không, cảm ơn",
	saved: "Cảm ơn bạn, câu trả lời đã được lưu.",
	thanks: "Cảm ơn bạn đã trả lời.",
	waiting: "Câu trả lời sẽ được gửi ngay khi bạn có kết nối mạng.",
	refused: "Rất tiếc, không thể lưu câu trả lời của bạn.",
	answered: "Đã có câu trả lời cho đơn hàng này. Cảm ơn bạn.",
	closed: "Hiện không có câu hỏi nào dành cho bạn.",
	script: "Vui lòng bật JavaScript để trả lời.",
	shared: {
		nps: "Khách hàng chấm chúng tôi {value} trên thang điểm từ −100 đến 100 ({responses} lượt trả lời trong 30 ngày qua).",
		csat: "{value} khách hàng của chúng tôi hài lòng ({responses} lượt trả lời trong 30 ngày qua).",
		ces: "Khách hàng chấm {value}/7 điểm cho mức độ dễ dàng khi đặt hàng ({responses} lượt trả lời trong 30 ngày qua).",
	},
} as const satisfies Strings;
