/** Every way a request can fail, as the `code` of its problem details. The list is closed: a client may switch over it. */
export const PROBLEM_CODES = {
	invalid_request: { status: 400, title: "The request is not valid" },
	unauthorized: { status: 401, title: "A valid key is needed" },
	forbidden: { status: 403, title: "This key may not do that" },
	origin_not_allowed: { status: 403, title: "This page's origin is not on the site's list" },
	not_found: { status: 404, title: "There is no such thing here" },
	method_not_allowed: { status: 405, title: "This address does not take that method" },
	conflict: { status: 409, title: "That is taken already" },
	request_timeout: { status: 408, title: "The body took too long" },
	payload_too_large: { status: 413, title: "The body is too large" },
	unsupported_media_type: { status: 415, title: "This content type is not taken" },
	too_many_requests: { status: 429, title: "Too many requests" },
	internal: { status: 500, title: "Something broke on our side" },
	unavailable: { status: 503, title: "Not available at this moment" },
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;
