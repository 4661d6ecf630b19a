import { startPhp } from "./php.ts";

/** An element of a page: its name, its attributes as a browser reads them, and the text in it. */
export interface HtmlElement {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly text: string;
}

/** Gives a reader of pages, by the HTML5 parser that PHP 8.4 brings: what is in the body, in the page's order, whitespace left out. */
export async function htmlReader(): Promise<(html: string) => Promise<HtmlElement[]>> {
	const php = await startPhp("8.4");
	return async (html) =>
		JSON.parse(
			await php.run(
				`$page = Dom\\HTMLDocument::createFromString('<!doctype html><body>' . $given, LIBXML_NOERROR, 'UTF-8');
				$found = [];
				foreach ($page->querySelectorAll('body *') as $element) {
					$attributes = [];
					foreach ($element->attributes as $attribute) { $attributes[$attribute->name] = $attribute->value; }
					$found[] = ['name' => $element->localName, 'attributes' => (object) $attributes, 'text' => trim($element->textContent)];
				}
				$loose = '';
				foreach ($page->body->childNodes as $node) { $loose .= $node->nodeType === XML_TEXT_NODE ? trim($node->textContent) : ''; }
				if ($loose !== '') { $found[] = ['name' => '#text', 'attributes' => (object) [], 'text' => $loose]; }
				echo json_encode($found);`,
				html,
			),
		);
}
