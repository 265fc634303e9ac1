package kindling.prep.jinja;

import java.util.Map;

/** What a template may change inside a loop: {@code {% set ns = namespace(found=false) %}}. */
record Namespace(Map<String, Object> attributes) {}
