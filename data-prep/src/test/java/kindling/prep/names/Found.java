package kindling.prep.names;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is found in a text, by position, written as {@code TYPE:value}. */
final class Found {
    private static final NameFinder NAMES = new NameFinder();
    private static final DateFinder DATES = new DateFinder();

    private Found() {}

    private record Span(int start, String value) {}

    static List<String> namesIn(String text) {
        List<Span> spans = new ArrayList<>();
        NAMES.find(
                text, (type, start, end, score) -> spans.add(new Span(start, type + ":" + text.substring(start, end))));
        spans.sort(Comparator.comparingInt(Span::start));
        return spans.stream().map(Span::value).toList();
    }

    static List<String> datesIn(String text) {
        List<String> dates = new ArrayList<>();
        DATES.find(text, (start, end, score) -> dates.add(text.substring(start, end)));
        return dates;
    }
}
