package kindling.prep.filter;

import java.io.Serializable;
import java.util.List;

/**
 * What only the user can tell a rule set.
 *
 * @param languages ISO 639-1 codes of those that are wanted
 * @param words harmful words and phrases
 */
public record UserLists(List<String> languages, List<String> words) implements Serializable {
    public static final UserLists NONE = new UserLists(List.of(), List.of());

    public UserLists {
        languages = List.copyOf(languages);
        words = List.copyOf(words);
    }
}
