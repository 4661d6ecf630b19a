<?php

/**
 * What of Magento a module for the order confirmation meets: its XML, read as Magento reads it (events, layout, dependencies, defaults and
 * backend models), an object manager that fills constructors, the escaper, and the policies of the page. Each does what Magento's own
 * does; what is not here fails.
 */

namespace Magento\Framework\Component {
    class ComponentRegistrar {
        const MODULE = 'module';
        public static $modules = [];
        public static function register($type, $name, $path) { self::$modules[$name] = $path; }
    }
}

namespace Magento\Framework\Exception {
    class LocalizedException extends \Exception { public function __construct($phrase) { parent::__construct((string) $phrase); } }
    class NoSuchEntityException extends LocalizedException {}
}

namespace Magento\Framework\Event {
    interface ObserverInterface { public function execute(Observer $observer); }
    class Event {
        public function __construct(private array $data) {}
        public function getData($key) { return $this->data[$key] ?? null; }
    }
    class Observer {
        public function __construct(private Event $event) {}
        public function getEvent() { return $this->event; }
    }
}

namespace Magento\Framework\Data {
    interface OptionSourceInterface { public function toOptionArray(); }
}

namespace Magento\Store\Model {
    interface ScopeInterface { const SCOPE_STORE = 'store'; }
}

namespace Magento\Framework\App\Config {
    interface ScopeConfigInterface { public function getValue($path, $scopeType = 'default', $scopeCode = null); }
    class Value {
        private $value;
        public function getValue() { return $this->value; }
        public function setValue($value) { $this->value = $value; return $this; }
        public function beforeSave() { return $this; }
    }
}

namespace Magento\Config\Model\Config\Backend {
    /** An obscured value is one that was not changed; what is kept is not what was entered. */
    class Encrypted extends \Magento\Framework\App\Config\Value {
        public $saves = true;
        public function beforeSave() {
            $said = (string) $this->getValue();
            $this->saves = !preg_match('/^\*+$/', $said);
            $this->setValue($said === '' ? '' : '0:3:' . base64_encode(strrev($said)));
        }
        public function processValue($value) { return $value === '' ? '' : strrev(base64_decode(substr((string) $value, 4))); }
    }
}

namespace Magento\Config\Model\Config\Source {
    class Yesno implements \Magento\Framework\Data\OptionSourceInterface { public function toOptionArray() { return [['value' => 1, 'label' => 'Yes'], ['value' => 0, 'label' => 'No']]; } }
}

namespace Magento\Framework\View\Element\Block {
    interface ArgumentInterface {}
}

namespace Magento\Framework\View\Element {
    class Template {
        public function __construct(private string $template, private array $data) {}
        public function getData($key) { return $this->data[$key] ?? null; }
        public function toHtml() {
            [$module, $file] = explode('::', $this->template);
            $block = $this;
            $escaper = new \Magento\Framework\Escaper();
            ob_start();
            include \Magento\Framework\Component\ComponentRegistrar::$modules[$module] . "/view/frontend/templates/$file";
            return ob_get_clean();
        }
    }
}

namespace Magento\Framework {
    class Escaper {
        /** Everything but letters, digits and four marks as an entity, as Laminas does it. */
        public function escapeHtmlAttr($text) {
            return preg_replace_callback('/[^a-z0-9,._-]/iSu', function ($match) {
                $named = ['"' => '&quot;', '&' => '&amp;', '<' => '&lt;', '>' => '&gt;'];
                return $named[$match[0]] ?? sprintf('&#x%02X;', mb_ord($match[0], 'UTF-8'));
            }, (string) $text);
        }
        public function escapeUrl($url) { return htmlspecialchars(preg_replace('/^(?:javascript|vbscript|data):/i', '', (string) $url), ENT_QUOTES, 'UTF-8', false); }
    }
}

namespace Magento\Csp\Api {
    interface PolicyCollectorInterface { public function collect(array $defaultPolicies = []): array; }
}

namespace Magento\Csp\Model\Policy {
    class FetchPolicy {
        public function __construct(public readonly string $id, public readonly bool $noneAllowed = true, public readonly array $hostSources = []) {}
    }
}

namespace Magento\Sales\Api\Data {
    interface OrderInterface {}
}

namespace Magento\Sales\Api {
    interface OrderRepositoryInterface { public function get($id); }
}

namespace Magento\Sales\Model {
    class Order implements \Magento\Sales\Api\Data\OrderInterface {
        const STATE_CANCELED = 'canceled';
        public function __construct(private array $order) {}
        public function getState() { return $this->order['state']; }
        public function getStoreId() { return '1'; }
        public function getIncrementId() { return $this->order['number']; }
        public function getCreatedAt() { return $this->order['created'] === null ? null : gmdate('Y-m-d H:i:s', $this->order['created']); }
        public function getCustomerId() { return $this->order['buyer'] ?: null; }
        public function getCustomerEmail() { return $this->order['email']; }
        public function getOrderCurrencyCode() { return $this->order['currency']; }
        public function getBillingAddress() { return new class ($this->order) { public function __construct(private $order) {} public function getCountryId() { return $this->order['country']; } }; }
        public function getPayment() { return new class ($this->order) { public function __construct(private $order) {} public function getMethod() { return $this->order['payment']; } }; }
    }
}

namespace {
    use Magento\Config\Model\Config\Backend\Encrypted;
    use Magento\Framework\Component\ComponentRegistrar;

    date_default_timezone_set('UTC');

    function __($text) { return $text; }

    function xml(string $file): DOMXPath {
        $document = new DOMDocument();
        if (!$document->load(ComponentRegistrar::$modules['Afterword_Survey'] . "/$file")) { throw new Exception($file); }
        return new DOMXPath($document);
    }

    spl_autoload_register(function (string $class) {
        if (str_starts_with($class, 'Afterword\Survey\\')) {
            require ComponentRegistrar::$modules['Afterword_Survey'] . '/' . strtr(substr($class, 17), '\\', '/') . '.php';
        }
    });

    /** One object of each class; a Proxy is its class, made when it is wanted. */
    class ObjectManager {
        private static array $made = [];
        public static function get(string $class): object {
            $class = preg_replace('/\\\\Proxy$/', '', $class);
            return self::$made[$class] ??= self::make(match ($class) {
                'Magento\Framework\App\Config\ScopeConfigInterface' => 'Config',
                'Magento\Sales\Api\OrderRepositoryInterface' => 'Orders',
                default => $class,
            });
        }
        private static function make(string $class): object {
            $constructor = (new ReflectionClass($class))->getConstructor();
            return new $class(...array_map(fn ($wanted) => self::get($wanted->getType()->getName()), $constructor ? $constructor->getParameters() : []));
        }
    }

    /** The configuration: defaults of config.xml under what was saved, and what its backend models make of a value when it is read. */
    class Config implements Magento\Framework\App\Config\ScopeConfigInterface {
        public static function saved(): array { return is_file('/config') ? unserialize(file_get_contents('/config')) : []; }
        public function getValue($path, $scopeType = 'default', $scopeCode = null) {
            $field = xml('etc/config.xml')->query("/config/default/$path")->item(0);
            $value = self::saved()[$path] ?? $field->textContent;
            $model = $field->getAttribute('backend_model');
            return $model === '' ? $value : (new $model())->processValue($value);
        }
        /** What the page of the configuration does with what was entered: through the field's backend model, if it has one. */
        public static function save(array $entered): void {
            foreach ($entered as $path => $said) {
                [$section, $group, $field] = explode('/', $path);
                $of = xml('etc/adminhtml/system.xml')->query("//section[@id='$section']/group[@id='$group']/field[@id='$field']")->item(0);
                if (!$of) { throw new Exception($path); }
                $model = $of->getElementsByTagName('backend_model')->item(0)?->textContent ?? Magento\Framework\App\Config\Value::class;
                $value = (new $model())->setValue($said);
                $value->beforeSave();
                if ($value->saves ?? true) { file_put_contents('/config', serialize([$path => $value->getValue()] + self::saved())); }
            }
        }
    }

    class Orders implements Magento\Sales\Api\OrderRepositoryInterface {
        public function get($id) {
            if ($id !== 17 || !isset($GLOBALS['given']['order'])) { throw new Magento\Framework\Exception\NoSuchEntityException('No such entity.'); }
            return new Magento\Sales\Model\Order($GLOBALS['given']['order']);
        }
    }

    /** A page of the storefront: its event, what its layout adds to a container, and the policies of its header. */
    function page(string $handle, string $event, array $data): array {
        foreach (xml('etc/frontend/events.xml')->query("//event[@name='$event']/observer") as $observer) {
            ObjectManager::get($observer->getAttribute('instance'))->execute(new Magento\Framework\Event\Observer(new Magento\Framework\Event\Event($data)));
        }
        $html = [];
        foreach (xml("view/frontend/layout/$handle.xml")->query('//referenceContainer') as $container) {
            foreach ($container->getElementsByTagName('block') as $block) {
                $arguments = [];
                foreach ($block->getElementsByTagName('argument') as $argument) { $arguments[$argument->getAttribute('name')] = ObjectManager::get($argument->textContent); }
                $class = $block->getAttribute('class');
                $html[$container->getAttribute('name')] = (new $class($block->getAttribute('template'), $arguments))->toHtml();
            }
        }
        $policies = [new Magento\Csp\Model\Policy\FetchPolicy('script-src', false, ['https://shop.example'])];
        foreach (xml('etc/frontend/di.xml')->query("//type[@name='Magento\\Csp\\Model\\CompositePolicyCollector']//item/item|//type//argument[@name='collectors']/item") as $item) {
            $policies = ObjectManager::get($item->textContent)->collect($policies);
        }
        $hosts = array_map(fn ($policy) => $policy->id . ' ' . ($policy->noneAllowed ? "'none'" : implode(' ', $policy->hostSources)), $policies);
        return ['html' => $html, 'policies' => $hosts];
    }
}
