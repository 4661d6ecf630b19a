import type { Strings } from "./strings.ts";

export const es = {
	direction: "ltr",
	question: {
		nps: "¿Qué probabilidad hay de que recomiendes {shop} a un amigo o colega?",
		csat: "¿Cuál es tu grado de satisfacción con tu pedido de hoy?",
		ces: "{shop} me facilitó hacer mi pedido.",
	},
	ends: {
		nps: ["Nada probable", "Extremadamente probable"],
		csat: ["Satisfacción muy baja", "Satisfacción muy alta"],
		ces: ["Totalmente en desacuerdo", "Totalmente de acuerdo"],
	},
	levels: ["Satisfacción baja", "Satisfacción media", "Satisfacción alta"],
	reasons: "¿Qué influyó más en tu respuesta?",
	drivers: {
		quality: "Calidad del producto",
		price: "Precio",
		range: "Variedad de productos",
		information: "Información del producto",
		checkout: "Proceso de compra",
		payment: "Opciones de pago",
		delivery: "Opciones de entrega",
		service: "Atención al cliente",
		website: "Sitio web",
	},
	comment: "¿Quieres añadir algo más?",
	done: "Listo",
	dismiss: "No, gracias",
	saved: "Gracias, tu respuesta se ha guardado.",
	thanks: "Gracias por tu respuesta.",
	waiting: "Se enviará en cuanto tengas conexión.",
	refused: "Lo sentimos, tu respuesta no se ha podido guardar.",
	answered: "Ya hay una respuesta para este pedido. Gracias.",
	closed: "En este momento no hay preguntas para ti.",
	script: "Activa JavaScript para responder.",
	shared: {
		nps: "Nuestra clientela nos da un {value} en una escala de −100 a 100 (respuestas en 30\u00a0días: {responses}).",
		csat: "El {value} de nuestra clientela está satisfecha (respuestas en 30\u00a0días: {responses}).",
		ces: "Nuestra clientela valora con un {value} sobre 7 lo fácil que es comprar aquí (respuestas en 30\u00a0días: {responses}).",
	},
} as const satisfies Strings;
