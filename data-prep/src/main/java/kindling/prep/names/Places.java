package kindling.prep.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Places that stand together: a postcode right behind a town is a finding of its own; "No. 68, Qinglan Road, Kaifu District, Changsha City", places in a row with commas of
 * which one is a road or a district, is one address.
 */
final class Places {
    private final Tokens tokens;
    private final Set<String> parts;

    Places(Tokens tokens, Set<String> parts) {
        this.tokens = tokens;
        this.parts = parts;
    }

    List<Name> join(List<Name> names) {
        List<Name> joined = new ArrayList<>();
        int i = 0;
        while (i < names.size()) {
            Name name = names.get(i);
            if (name.type() != NameType.LOCATION) {
                joined.add(name);
                i++;
                continue;
            }
            int last = i;
            boolean part = isPart(name);
            while (last + 1 < names.size() && follows(names.get(last), names.get(last + 1))) {
                last++;
                part |= isPart(names.get(last));
            }
            int start = houseNumberStart(name);
            if (part && (last > i || start < name.start())) {
                joined.add(new Name(NameType.ADDRESS, start, names.get(last).end(), name.score()));
            } else {
                joined.addAll(names.subList(i, last + 1));
            }
            postcode(names.get(last), joined);
            i = last + 1;
        }
        return joined;
    }

    private boolean isPart(Name name) {
        return parts.contains(tokens.lower(name.end() - 1));
    }

    private boolean follows(Name name, Name next) {
        return next.type() == NameType.LOCATION
                && next.start() == name.end() + 1
                && tokens.isMark(name.end(), ',')
                && tokens.breaksBefore(next.start()) == 0;
    }

    /** Where "No. 68, " or "Number 156, " before a place starts, or the place. */
    private int houseNumberStart(Name name) {
        int i = tokens.isMark(name.start() - 1, ',') ? name.start() - 2 : name.start() - 1;
        if (!tokens.isNumber(i)) {
            return name.start();
        }
        int word = tokens.isMark(i - 1, '.') ? i - 2 : i - 1;
        return Set.of("no", "number").contains(tokens.lower(word)) ? word : name.start();
    }

    private void postcode(Name name, List<Name> joined) {
        int from = name.end();
        int end = tokens.breaksBefore(from) == 0 && tokens.isNumber(from) ? Postcodes.end(tokens, from) : from;
        boolean year = tokens.length(Math.min(from, tokens.count() - 1)) == 4
                && end == from + 1
                && (tokens.lower(from).startsWith("19") || tokens.lower(from).startsWith("20"));
        if (end > from && !year && !tokens.touches(from)) {
            joined.add(new Name(NameType.ADDRESS, from, end, 0.5));
        }
    }
}
