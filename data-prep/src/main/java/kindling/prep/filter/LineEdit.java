package kindling.prep.filter;

import java.util.List;
import kindling.prep.Document;

/** Takes the lines out of a text that rules for lines drop; the others come one a line, without white space at their ends. */
final class LineEdit {
    private final Text line = new Text();

    /** @return the document with its new text and, where a line that was not blank went, their number in its meta */
    Document apply(RuleSet set, Text text) {
        Parts lines = text.parts(Split.LINES);
        StringBuilder kept = new StringBuilder(text.length());
        int removed = 0;
        for (int i = 0; i < lines.count(); i++) {
            line.read(text, lines.start(i), lines.end(i));
            if (keeps(set.lines())) {
                kept.append(line.chars(), 0, line.length()).append('\n');
            } else {
                removed++;
            }
        }
        kept.setLength(Math.max(0, kept.length() - 1));
        Document edited = text.document().withText(kept.toString());
        return removed == 0 ? edited : edited.with(removedKey(set), String.valueOf(removed));
    }

    /** The meta key of the number of lines that a set took out. */
    static String removedKey(RuleSet set) {
        return set.name() + "_lines_removed";
    }

    private boolean keeps(List<Rule> rules) {
        for (Rule rule : rules) {
            if (!rule.keeps(rule.measure().applyAsDouble(line))) {
                return false;
            }
        }
        return true;
    }
}
