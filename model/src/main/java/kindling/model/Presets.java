package kindling.model;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Named shapes, each with its reason. To add one: a line in the table. */
final class Presets {

    private static final Map<String, TransformerConfig> TABLE = table();

    private Presets() {}

    private static Map<String, TransformerConfig> table() {
        Map<String, TransformerConfig> table = new TreeMap<>();
        // Learns characters of one book in minutes on one core: nanoGPT's CPU shape with a longer context.
        table.put("nano", TransformerConfig.gpt2(8192, 256, 4, 4, 128));
        table.put("llama-nano", TransformerConfig.llama(8192, 256, 4, 4, 128, 352));
        // Word pieces of a few megabytes of text, an hour on one core; heads of 32 as in nano.
        table.put("micro", TransformerConfig.gpt2(8192, 256, 6, 6, 192));
        table.put("llama-micro", TransformerConfig.llama(8192, 256, 6, 6, 192, 512));
        // The smallest that writes sentences: nanoGPT's Shakespeare shape, heads of 64.
        table.put("mini", TransformerConfig.gpt2(8192, 256, 6, 6, 384));
        table.put("llama-mini", TransformerConfig.llama(8192, 256, 6, 6, 384, 1024));
        // The published 124 M parameters, for its checkpoints; and its twin with rotary positions.
        table.put("gpt2", TransformerConfig.gpt2(50_257, 1024, 12, 12, 768));
        table.put("llama-small", TransformerConfig.llama(50_257, 1024, 12, 12, 768, 2048));
        // nanoGPT's CPU recipe (Karpathy, 2022), without biases as there; then Llama's parts in its size.
        table.put("shakespeare", withoutBiases(TransformerConfig.gpt2(65, 64, 4, 4, 128)));
        table.put("shakespeare-llama", TransformerConfig.llama(65, 64, 4, 4, 128, 352));
        // A norm on queries and keys bears the rates at which Muon learns fastest.
        table.put("shakespeare-best", queryKeyNorm(TransformerConfig.llama(65, 64, 4, 4, 128, 352)));
        return Collections.unmodifiableMap(table);
    }

    private static TransformerConfig withoutBiases(TransformerConfig config) {
        return config.toBuilder().biases(Biases.none()).build();
    }

    private static TransformerConfig queryKeyNorm(TransformerConfig config) {
        return config.toBuilder().queryKeyNorm(true).build();
    }

    static Set<String> names() {
        return TABLE.keySet();
    }

    static TransformerConfig get(String name) {
        TransformerConfig found = TABLE.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no preset '" + name + "', known are " + String.join(", ", TABLE.keySet()));
        }
        return found;
    }
}
