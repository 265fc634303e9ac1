package kindling.prep.clean;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;

/** What a page says about itself in schema.org's words, as JSON-LD; descriptions of its parts are left out. */
final class JsonLd {
    private static final Evaluator SCRIPTS = Selector.evaluatorOf("script[type=application/ld+json]");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();
    private static final Set<String> PARTS =
            Set.of("Comment", "ImageObject", "VideoObject", "AudioObject", "MediaObject", "Review", "Person");

    private final List<JsonNode> descriptions = new ArrayList<>();

    private JsonLd() {}

    static JsonLd of(Declarations page) {
        JsonLd data = new JsonLd();
        page.matching(SCRIPTS).forEach(script -> data.add(parsed(script.data())));
        return data;
    }

    /** Broken data counts as none. */
    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            return MissingNode.getInstance();
        }
    }

    private void add(JsonNode node) {
        if (node.isArray()) {
            node.forEach(this::addDescription);
        } else {
            addDescription(node);
        }
    }

    private void addDescription(JsonNode node) {
        if (!PARTS.contains(node.path("@type").asText())) {
            descriptions.add(node);
            node.path("@graph").forEach(inner -> {
                if (!PARTS.contains(inner.path("@type").asText())) {
                    descriptions.add(inner);
                }
            });
        }
    }

    /** The first value that the page gives for a property, or "". */
    String first(String property) {
        return descriptions.stream()
                .map(node -> text(node.path(property)))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String text(JsonNode value) {
        JsonNode one = value.isArray() ? value.path(0) : value;
        return one.isObject() ? one.path("@id").asText(one.path("url").asText()) : one.asText();
    }
}
