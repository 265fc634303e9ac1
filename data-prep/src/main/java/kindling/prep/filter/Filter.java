package kindling.prep.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kindling.prep.Document;
import kindling.prep.Verdict;

/** A rule that keeps or drops documents. Filters have no state: one serves any number of threads. */
public interface Filter {
    /** The name by which {@link #rules} finds it and with which its reasons begin. */
    String name();

    /** Keeps the document or drops it, with a reason like {@code gopher_symbol_ratio}, detail {@code 0.31 > 0.10}. */
    Verdict judge(Document document);

    /**
     * The filters of a list of names, in its order.
     *
     * @param commaList of {@code gopher} (which is {@code gopher_quality,gopher_repetition}), {@code gopher_quality},
     *     {@code gopher_repetition}, {@code c4}, {@code length}
     * @throws IllegalArgumentException if a name is none of these
     */
    static List<Filter> rules(String commaList) {
        Map<String, List<Filter>> known = known();
        List<Filter> rules = new ArrayList<>();
        for (String entry : commaList.split(",", -1)) {
            String name = entry.strip();
            if (!known.containsKey(name)) {
                throw new IllegalArgumentException("rules must be a comma list of " + String.join(", ", known.keySet())
                        + ", got \"" + name + "\": use one of these names");
            }
            rules.addAll(known.get(name));
        }
        return List.copyOf(rules);
    }

    private static Map<String, List<Filter>> known() {
        Map<String, List<Filter>> known = new LinkedHashMap<>();
        known.put("gopher", List.of(new GopherQuality(), new GopherRepetition()));
        for (Filter filter : List.of(new GopherQuality(), new GopherRepetition(), new C4Filter(), new LengthFilter())) {
            known.put(filter.name(), List.of(filter));
        }
        return known;
    }
}
