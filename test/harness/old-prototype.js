/*
 * What a page of 2009 has in place of the browser's own: the names that the documentation of Prototype 1.6 lists, doing what it says
 * they do. The library itself is not on npm.
 */
(() => {
	const stop = {};
	const same = (value) => value;
	const extend = (target, source) => {
		for (const key in source) target[key] = source[key];
		return target;
	};

	/** An array of whatever has a length; nothing of a Set or an iterator. */
	const toArray = (list) => {
		if (!list) return [];
		if (list.toArray) return list.toArray();
		const array = [];
		for (let i = 0; i < (list.length || 0); i++) array[i] = list[i];
		return array;
	};

	const quoted = (text) => `"${text.replace(/["\\]/g, "\\$&")}"`;
	const toJson = (value) => {
		if (value === null || typeof value === "boolean") return `${value}`;
		if (value === undefined || typeof value === "function") return undefined;
		if (value.toJSON) return value.toJSON();
		const own = Object.keys(value).filter((key) => toJson(value[key]) !== undefined);
		return `{${own.map((key) => `${quoted(key)}: ${toJson(value[key])}`).join(", ")}}`;
	};

	const Enumerable = {
		each(iterator, context) {
			let index = 0;
			try {
				this._each((value) => iterator.call(context, value, index++));
			} catch (reason) {
				if (reason !== stop) throw reason;
			}
			return this;
		},
		inject(first, iterator, context) {
			let memo = first;
			this.each((value, index) => {
				memo = iterator.call(context, memo, value, index);
			});
			return memo;
		},
		collect(iterator = same, context = undefined) {
			const results = [];
			this.each((value, index) => results.push(iterator.call(context, value, index)));
			return results;
		},
		detect(iterator, context) {
			let result;
			this.each((value, index) => {
				if (!iterator.call(context, value, index)) return;
				result = value;
				throw stop;
			});
			return result;
		},
		findAll(iterator, context) {
			const results = [];
			this.each((value, index) => iterator.call(context, value, index) && results.push(value));
			return results;
		},
		all(iterator = same, context = undefined) {
			return this.findAll(iterator, context).length === this.toArray().length;
		},
		any(iterator = same, context = undefined) {
			return this.findAll(iterator, context).length > 0;
		},
		include(wanted) {
			return this.any((value) => value === wanted);
		},
		invoke(method, ...rest) {
			return this.map((value) => value[method](...rest));
		},
		pluck(property) {
			return this.map((value) => value[property]);
		},
		toArray() {
			return this.map();
		},
	};
	const { collect, detect, findAll, all, any, include } = Enumerable;
	extend(Enumerable, { map: collect, find: detect, select: findAll, filter: findAll, every: all, some: any, member: include });
	Enumerable.entries = Enumerable.toArray;

	const { reverse, slice, forEach } = Array.prototype;
	extend(Array.prototype, Enumerable);
	extend(Array.prototype, {
		_each: forEach,
		_reverse: reverse,
		clear() {
			this.length = 0;
			return this;
		},
		first() {
			return this[0];
		},
		last() {
			return this[this.length - 1];
		},
		flatten() {
			return this.inject([], (flat, value) => flat.concat(Array.isArray(value) ? value.flatten() : [value]));
		},
		reverse(inline) {
			return (inline === false ? this.clone() : this)._reverse();
		},
		reduce() {
			return this.length > 1 ? this : this[0];
		},
		uniq() {
			return this.inject([], (found, value) => (found.include(value) ? found : found.concat([value])));
		},
		clone() {
			return slice.call(this, 0);
		},
		toArray() {
			return slice.call(this, 0);
		},
		size() {
			return this.length;
		},
		inspect() {
			return `[${this.map(String).join(", ")}]`;
		},
		toJSON() {
			return `[${this.map(toJson)
				.filter((json) => json !== undefined)
				.join(", ")}]`;
		},
	});
	Array.from = toArray;

	extend(Object, {
		extend,
		toJSON: toJson,
		keys(object) {
			const keys = [];
			for (const key in object) keys.push(key);
			return keys;
		},
		values(object) {
			const values = [];
			for (const key in object) values.push(object[key]);
			return values;
		},
		clone: (object) => extend({}, object),
		isArray: (value) => Array.isArray(value),
	});

	extend(String.prototype, {
		toJSON() {
			return quoted(`${this}`);
		},
		strip() {
			return this.replace(/^\s+|\s+$/g, "");
		},
		include(part) {
			return this.indexOf(part) > -1;
		},
		startsWith(part) {
			return this.indexOf(part) === 0;
		},
		endsWith(part) {
			return this.slice(-part.length) === part;
		},
		toArray() {
			return this.split("");
		},
		sub(pattern, replacement) {
			return this.replace(pattern, replacement);
		},
	});

	const { bind } = Function.prototype;
	extend(Function.prototype, {
		bind(...what) {
			return what.length < 2 && what[0] === undefined ? this : bind.apply(this, what);
		},
		delay(seconds, ...rest) {
			return setTimeout(() => this(...rest), seconds * 1000);
		},
		defer(...rest) {
			return this.delay(0.01, ...rest);
		},
		wrap(wrapper) {
			const wrapped = this;
			return function (...rest) {
				return wrapper.apply(this, [wrapped.bind(this), ...rest]);
			};
		},
	});

	extend(Number.prototype, {
		toJSON() {
			return Number.isFinite(Number(this)) ? `${this}` : "null";
		},
	});
	Date.prototype.toJSON = function () {
		return quoted(this.toISOString());
	};

	const byId = (element) => (typeof element === "string" ? document.getElementById(element) : element);
	extend(HTMLElement.prototype, {
		remove() {
			this.parentNode.removeChild(this);
			return this;
		},
		select(selector) {
			return toArray(this.querySelectorAll(selector));
		},
		replace(content) {
			this.outerHTML = content;
			return this;
		},
		observe(name, handler) {
			this.addEventListener(name, handler);
			return this;
		},
	});
	document.getElementsByClassName = (name) => toArray(document.querySelectorAll(`.${name}`));

	function Hash(object) {
		this._object = extend({}, object);
	}
	extend(Hash.prototype, Enumerable);
	extend(window, { $: byId, $A: toArray, $H: (object) => new Hash(object), Enumerable, Hash, Prototype: { Version: "1.6.1" } });
})();
