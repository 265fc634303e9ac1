package kindling.prep.pii;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a {@link Redactor} looks for, and what it writes instead.
 *
 * @param entities types as {@link Finding#type} has them, {@link #PATTERNS} for all that a pattern gives away, {@link #ALL} for names, organisations,
 *     places and addresses too; empty means {@link #PATTERNS}
 * @param thresholds least score of a finding that is acted on, 0 … 1, by type; {@link #DEFAULT_THRESHOLD} for the others
 * @param key secret of keyed operators, at least one byte, better 32 random ones; empty for the others
 * @param phoneRegions regions whose national phone numbers are known, ISO 3166-1 alpha-2 such as {@code US}; empty for US, GB, DE, FR, ES, IT, IN
 * @param privateAddresses whether internet addresses of private networks (RFC 1918, RFC 4193), loopback and the like count too
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record RedactorConfig(
        Set<String> entities,
        Map<String, Double> thresholds,
        Operator operator,
        byte[] key,
        List<String> phoneRegions,
        boolean privateAddresses)
        implements Serializable {
    /** Every type that is looked for by default. */
    public static final String PATTERNS = "patterns";

    /** Every type there is. */
    public static final String ALL = "all";

    /** A finding below this is not acted on: bare digits that no word near them calls a phone number. */
    public static final double DEFAULT_THRESHOLD = 0.4;

    /** @throws IllegalArgumentException for a threshold outside 0 … 1, or when a keyed operator has no key */
    public RedactorConfig {
        entities = Set.copyOf(entities);
        thresholds = Map.copyOf(thresholds);
        key = key.clone();
        phoneRegions = List.copyOf(phoneRegions);
        if (operator.isKeyed() && key.length == 0) {
            throw new IllegalArgumentException(
                    "operator %s needs a key of at least one byte, got none: give a key file".formatted(operator));
        }
        thresholds.forEach((type, threshold) -> {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException(
                        "threshold of %s must be in 0 … 1, got %s".formatted(type, threshold));
            }
        });
    }

    /** All patterns, replaced by their type. */
    public static RedactorConfig tags() {
        return new RedactorConfig(Set.of(), Map.of(), Operator.TAG, new byte[0], List.of(), true);
    }

    public RedactorConfig withEntities(Set<String> wanted) {
        return new RedactorConfig(wanted, thresholds, operator, key, phoneRegions, privateAddresses);
    }

    public RedactorConfig withThresholds(Map<String, Double> least) {
        return new RedactorConfig(entities, least, operator, key, phoneRegions, privateAddresses);
    }

    /** @param secret empty where the operator is not keyed */
    public RedactorConfig withOperator(Operator other, byte[] secret) {
        return new RedactorConfig(entities, thresholds, other, secret, phoneRegions, privateAddresses);
    }

    public RedactorConfig withPhoneRegions(List<String> regions) {
        return new RedactorConfig(entities, thresholds, operator, key, regions, privateAddresses);
    }

    /** Internet addresses of private networks stay as they are. */
    public RedactorConfig withoutPrivateAddresses() {
        return new RedactorConfig(entities, thresholds, operator, key, phoneRegions, false);
    }

    @Override
    public byte[] key() {
        return key.clone();
    }

    double threshold(String type) {
        return thresholds.getOrDefault(type, DEFAULT_THRESHOLD);
    }

    /**
     * The types that are meant, sorted.
     *
     * @throws IllegalArgumentException for entities or thresholds of a type that no recognizer has
     */
    Set<String> types(List<Recognizer> recognizers) {
        TreeMap<String, Boolean> known = new TreeMap<>();
        recognizers.forEach(recognizer -> recognizer.types().forEach(type -> known.put(type, recognizer.isOptional())));
        TreeSet<String> types = new TreeSet<>();
        for (String entity : entities.isEmpty() ? Set.of(PATTERNS) : entities) {
            if (entity.equals(ALL) || entity.equals(PATTERNS)) {
                known.forEach(
                        (type, optional) -> types.addAll(!optional || entity.equals(ALL) ? Set.of(type) : Set.of()));
            } else {
                types.add(entity);
            }
        }
        requireKnown("entities", types, known.keySet());
        requireKnown("thresholds", thresholds.keySet(), known.keySet());
        return types;
    }

    private static void requireKnown(String what, Set<String> names, Set<String> known) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s must be %s, %s or among %s, got %s".formatted(what, ALL, PATTERNS, known, unknown));
        }
    }
}
