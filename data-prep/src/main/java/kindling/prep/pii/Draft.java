package kindling.prep.pii;

import java.util.ArrayList;
import java.util.List;

/** A text while it is redacted: pass by pass spans are replaced, and each replacement remembers where its value stood in the original. */
final class Draft {
    /** No recognizer's finding depends on text farther away, in UTF-16 units: contexts reach 48, and few values are longer than a line. */
    private static final int REACH = 1024;

    private final String original;
    private String text;
    private List<Edit> edits = List.of(); // by position, without overlaps
    private List<Window> unread;

    /** A replacement at {@code [start, end)} of the text as it is now, for {@code [from, to)} of the original; UTF-16 units. */
    private record Edit(int start, int end, int from, int to, String type, double score) {
        Edit shifted(int by) {
            return new Edit(start + by, end + by, from, to, type, score);
        }

        /** This one grown over a replacement that it touches; it keeps the type of one that it lies inside. */
        Edit covering(Edit other) {
            boolean inside = other.start <= start && end <= other.end;
            int left = start < other.start ? from : other.from;
            int right = other.to + Math.max(0, end - other.end);
            return new Edit(
                    Math.min(start, other.start),
                    Math.max(end, other.end),
                    left,
                    right,
                    inside ? other.type : type,
                    inside ? other.score : score);
        }
    }

    /** A stretch {@code [start, end)} to look at, and the part {@code [first, last)} of it in which to believe what is seen: its edges cut through words. */
    record Window(int start, int end, int first, int last) {}

    /** What stands at {@code [start, end)} of the text as it is now, and what is to stand there. */
    record Change(int start, int end, String type, double score, String replacement) {}

    Draft(String original) {
        this.original = original;
        this.text = original;
        this.unread = List.of(new Window(0, original.length(), 0, original.length()));
    }

    String text() {
        return text;
    }

    /** Where something can be found that was not found before: all of a new text, then the neighbourhood of what was replaced last. */
    List<Window> unread() {
        return unread;
    }

    /**
     * Replaces spans. One that touches an earlier replacement takes its place, whole; further ones that touch the same wait for the next pass.
     *
     * @param changes by position, without overlaps
     */
    void apply(List<Change> changes) {
        StringBuilder next = new StringBuilder(text.length());
        List<Edit> merged = new ArrayList<>(edits.size() + changes.size());
        List<Edit> fresh = new ArrayList<>(changes.size());
        int copied = 0;
        int edit = 0;
        for (Change change : changes) {
            for (; edit < edits.size() && edits.get(edit).end <= change.start; edit++) {
                merged.add(edits.get(edit).shifted(next.length() - copied));
            }
            if (change.start < copied) {
                continue;
            }
            Edit whole = original(change, edit);
            for (; edit < edits.size() && edits.get(edit).start < change.end; edit++) {
                whole = whole.covering(edits.get(edit));
            }
            next.append(text, copied, whole.start);
            fresh.add(new Edit(
                    next.length(),
                    next.length() + change.replacement.length(),
                    whole.from,
                    whole.to,
                    whole.type,
                    whole.score));
            merged.add(fresh.get(fresh.size() - 1));
            next.append(change.replacement);
            copied = whole.end;
        }
        for (; edit < edits.size(); edit++) {
            merged.add(edits.get(edit).shifted(next.length() - copied));
        }
        text = next.append(text, copied, text.length()).toString();
        edits = merged;
        unread = neighbourhoods(fresh);
    }

    private List<Window> neighbourhoods(List<Edit> places) {
        List<Window> windows = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < places.size(); i++) {
            boolean goesOn = i + 1 < places.size() && places.get(i + 1).start - places.get(i).end <= 4 * REACH;
            if (!goesOn) {
                windows.add(window(places.get(first).start, places.get(i).end));
                first = i + 1;
            }
        }
        return windows;
    }

    private Window window(int start, int end) {
        int from = Math.max(0, start - 2 * REACH);
        int to = Math.min(text.length(), end + 2 * REACH);
        return new Window(from, to, from == 0 ? 0 : start - REACH, to == text.length() ? to : end + REACH);
    }

    /** Where a change stands in the original, as far as no replacement but those before {@code edit} is concerned. */
    private Edit original(Change change, int edit) {
        int offset = edit == 0 ? 0 : edits.get(edit - 1).to - edits.get(edit - 1).end;
        return new Edit(
                change.start, change.end, change.start + offset, change.end + offset, change.type, change.score);
    }

    /** What was replaced, by code points of the original. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(edits.size());
        int unit = 0;
        int codePoint = 0;
        for (Edit edit : edits) {
            int start = codePoint + original.codePointCount(unit, edit.from);
            codePoint = start + original.codePointCount(edit.from, edit.to);
            unit = edit.to;
            findings.add(new Finding(start, codePoint, edit.type, edit.score));
        }
        return findings;
    }
}
