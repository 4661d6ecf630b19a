{* The tag of the order. `nofilter` switches off a second escaping, where the shop's Smarty escapes by itself. *}
<script async{foreach $afterword_tag as $name => $value} {$name|escape:'html':'UTF-8' nofilter}="{$value|escape:'html':'UTF-8' nofilter}"{/foreach}></script>
