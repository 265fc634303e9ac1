package kindling.prep.lexicon;

import com.ibm.icu.text.Transliterator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Given names, family names, towns and countries of some fifty languages, out of the lists of the library Datafaker (Apache-2.0). Names in other
 * scripts are taken as they are and in Latin letters.
 */
final class NameLists {
    /** The lists' names, without the extension; every language that names people. */
    private static final List<String> LISTS = List.of(
            ("ar be bg by ca ca-CAT cs cs-CZ da-DK de de-AT el-GR en/name en/address en-AU en-GB en-IE en-IN en-NEP"
                            + " en-NG en-NZ en-PAK en-PH en-PK en-SG en-UG en-US en-ZA es es-AR es-MX es-PY et fa fi-FI fr fr-CA"
                            + " fr-CH he hr hu hy id it ja ka ko lv mk nb-NO nl no-NO pl pt pt-BR ro-MD ru ru-MD sk sq sv sv-SE ta"
                            + " th tr uk uz vi zh-CN zh-TW")
                    .split(" "));

    private static final Map<String, Integer> FIELDS = Map.ofEntries(
            Map.entry("first_name", Lexicon.GIVEN),
            Map.entry("male_first_name", Lexicon.GIVEN),
            Map.entry("female_first_name", Lexicon.GIVEN),
            Map.entry("man_first_name", Lexicon.GIVEN),
            Map.entry("woman_first_name", Lexicon.GIVEN),
            Map.entry("tamil_male_name", Lexicon.GIVEN),
            Map.entry("tamil_female_name", Lexicon.GIVEN),
            Map.entry("last_name", Lexicon.FAMILY),
            Map.entry("male_last_name", Lexicon.FAMILY),
            Map.entry("female_last_name", Lexicon.FAMILY),
            Map.entry("man_last_name", Lexicon.FAMILY),
            Map.entry("woman_last_name", Lexicon.FAMILY),
            Map.entry("city", Lexicon.PLACE),
            Map.entry("city_name", Lexicon.PLACE),
            Map.entry("city_names", Lexicon.PLACE),
            Map.entry("capital_city", Lexicon.PLACE),
            Map.entry("municipality", Lexicon.PLACE),
            Map.entry("province", Lexicon.PLACE),
            Map.entry("state", Lexicon.PLACE | Lexicon.COUNTRY),
            Map.entry("country", Lexicon.PLACE | Lexicon.COUNTRY));

    private NameLists() {}

    static void read(Lexicon lexicon) {
        Transliterator latin = Transliterator.getInstance("Any-Latin; Latin-ASCII");
        for (String list : LISTS) {
            try (InputStream in = NameLists.class.getResourceAsStream("/" + list + ".yml")) {
                read(new String(in.readAllBytes(), StandardCharsets.UTF_8), latin, lexicon);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Of YAML just what the lists use: {@code key: [a, "b", c]} over one or more lines, or {@code key:} and lines of {@code - a}. */
    private static void read(String yaml, Transliterator latin, Lexicon lexicon) {
        int bits = 0;
        for (String line : yaml.lines().toList()) {
            String rest = line.strip();
            int colon = rest.indexOf(':');
            if (colon > 0 && isKey(rest, colon)) {
                bits = FIELDS.getOrDefault(rest.substring(0, colon), 0);
                rest = rest.substring(colon + 1);
            }
            if (bits != 0 && !rest.startsWith("#")) {
                names(rest, bits, latin, lexicon);
            }
        }
    }

    private static boolean isKey(String line, int colon) {
        return line.chars().limit(colon).allMatch(c -> (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9'));
    }

    private static void names(String values, int bits, Transliterator latin, Lexicon lexicon) {
        for (String value : values.split("[\\[\\],\"]", -1)) {
            String name = value.strip();
            name = name.startsWith("- ") || name.startsWith("'")
                    ? name.substring(1).strip()
                    : name;
            name = name.endsWith("'") ? name.substring(0, name.length() - 1) : name;
            if (!name.isEmpty()
                    && !name.equals("-")
                    && name.indexOf('#') < 0) { // with a # it is a rule that puts names together
                name(name, bits, latin, lexicon);
            }
        }
    }

    private static void name(String name, int bits, Transliterator latin, Lexicon lexicon) {
        lexicon.add(name, bits);
        if (UnicodeScript.of(name.codePointAt(0)) != UnicodeScript.LATIN) {
            lexicon.add(latin.transliterate(name).replace(" ", "").replace("'", ""), bits);
        }
    }
}
