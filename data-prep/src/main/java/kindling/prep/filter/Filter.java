package kindling.prep.filter;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kindling.prep.Document;
import kindling.prep.Verdict;

/**
 * Judges documents by rule sets, in their order, and counts what several rules want to know only once.
 *
 * <p>Keeps its memory from document to document, so each thread needs a filter of its own.
 */
public final class Filter {
    /** The meta key under which {@link #annotate} names the rule that {@link #judge} would drop a document for. */
    public static final String WOULD_DROP = "filter_would_drop";

    private static final MathContext DIGITS = new MathContext(4);

    private final List<RuleSet> sets;
    private final Text text = new Text();
    private final LineEdit lineEdit = new LineEdit();

    private Filter(List<RuleSet> sets) {
        this.sets = List.copyOf(sets);
    }

    public static Filter of(List<RuleSet> sets) {
        return new Filter(sets);
    }

    /**
     * A document as it goes on, and whether it does.
     *
     * @param document with the lines taken out that rules for lines dropped, and their number in its meta
     */
    public record Judged(Document document, Verdict verdict) {}

    /** Keeps the document or drops it with the reason of the first rule that it breaks. */
    public Judged judge(Document document) {
        text.read(document);
        for (RuleSet set : sets) {
            edit(set);
            for (Rule rule : set.rules()) {
                if (rule.judge(text) instanceof Verdict.Drop drop) {
                    return new Judged(document, drop);
                }
            }
        }
        return new Judged(text.document(), Verdict.KEEP);
    }

    /**
     * The document, its text unchanged, with every rule's measure in its meta under the rule's reason, and in
     * {@link #WOULD_DROP} the first reason for which {@link #judge} would drop it. Measures have four significant digits.
     */
    public Document annotate(Document document) {
        Map<String, String> meta = new TreeMap<>(document.meta());
        meta.remove(WOULD_DROP); // from an earlier run
        text.read(document);
        for (RuleSet set : sets) {
            edit(set);
            if (!set.lines().isEmpty()) {
                String key = LineEdit.removedKey(set);
                meta.put(key, text.document().meta().getOrDefault(key, "0"));
            }
            for (Rule rule : set.rules()) {
                double value = rule.measure().applyAsDouble(text);
                if (!Double.isNaN(value)) {
                    meta.put(rule.reason(), number(value));
                }
                if (!rule.keeps(value)) {
                    meta.putIfAbsent(WOULD_DROP, rule.reason());
                }
            }
        }
        return new Document(
                document.id(), document.text(), document.source(), document.url(), document.language(), meta);
    }

    /** Takes lines out, if the set has rules for them; what was counted stays where the text does. */
    private void edit(RuleSet set) {
        if (!set.lines().isEmpty()) {
            Document edited = lineEdit.apply(set, text);
            if (!edited.equals(text.document())) {
                text.read(edited);
            }
        }
    }

    /** {@code 0.3077}, {@code 12}, {@code 100004}: whole numbers in full, others with four significant digits. */
    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shown =
                value == Math.rint(value) ? exact : exact.round(DIGITS).stripTrailingZeros();
        return shown.toPlainString();
    }
}
