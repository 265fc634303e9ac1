package kindling.model.generate;

import java.util.Arrays;
import java.util.List;

/**
 * The keys and values of what prompts began with last, for all generators that share a model: an instruction before every document
 * is read once, and copied from then on. Safe for use by many threads; while one of them reads, the others wait for it.
 */
public final class Prefixes {
    private int[] ids = {};
    private KeyValueCache kept;

    /**
     * Puts a prefix into a slot of a cache.
     *
     * @return positions that did not have to be read for it
     */
    synchronized int read(int[] prefix, Decoder decoder, KeyValueCache cache, int slot) {
        int known = known(prefix);
        if (known > 0) {
            cache.copy(kept, 0, slot, known);
        }
        if (known < prefix.length) {
            decoder.read(cache, List.of(new Decoder.Part(slot, new Sequence(prefix, 0), known, prefix.length)));
            decoder.finish(cache);
            keep(prefix, decoder, cache, slot);
        }
        return known;
    }

    private int known(int[] prefix) {
        int different = Arrays.mismatch(ids, prefix);
        return different < 0 ? prefix.length : different;
    }

    private void keep(int[] prefix, Decoder decoder, KeyValueCache cache, int slot) {
        kept = new KeyValueCache(decoder.config(), 1, prefix.length);
        kept.copy(cache, slot, 0, prefix.length);
        ids = prefix.clone();
    }
}
