package kindling.prep.lexicon;

import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.text.TimeZoneNames;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.io.DataInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Countries and large towns out of CLDR (ICU4J), and the towns that telephone area codes belong to, out of the library {@code geocoder} of
 * libphonenumber (Apache-2.0).
 */
final class PlaceNames {
    /** Languages whose words for countries are known. */
    private static final List<String> LANGUAGES = List.of(
            "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "hu", "sv", "da", "nb", "fi", "sl", "hr", "ro", "tr",
            "el", "ru", "is");

    private static final String FOLDER = "/com/google/i18n/phonenumbers/geocoding/data/";
    /** Country code and language of the area-code tables that name towns; the North American ones are 1201 … 1989. */
    private static final List<String> AREA_CODES = List.of(
            ("27_en 30_el 30_en 31_en 31_nl 32_fr 32_nl 32_en 33_en 33_fr 34_en 34_es 351_en 351_pt 352_de 353_en"
                            + " 354_en 358_fi 36_en 36_hu 385_en 385_hr 386_en 39_en 39_it 40_ro 41_de 41_fr 41_it 420_en 420_cs"
                            + " 43_de 44_en 45_en 46_sv 47_en 47_no 48_pl 49_de 49_en 52_es 54_en 54_es 55_en 55_pt 56_en 57_en"
                            + " 61_en 64_en 7_en 7_ru 81_en 82_en 84_en 86_en 90_en 90_tr 91_en 234_en 380_en 357_en")
                    .split(" "));

    private PlaceNames() {}

    static void read(Lexicon lexicon) {
        for (String language : LANGUAGES) {
            countries(new ULocale(language), lexicon);
        }
        for (String table : AREA_CODES) {
            areaCodes(table, lexicon);
        }
        for (int code = 201; code < 990; code++) {
            areaCodes("1" + code + "_en", lexicon);
        }
    }

    private static void countries(ULocale language, Lexicon lexicon) {
        LocaleDisplayNames names = LocaleDisplayNames.getInstance(language);
        for (String country : Locale.getISOCountries()) {
            lexicon.add(names.regionDisplayName(country), Lexicon.PLACE | Lexicon.COUNTRY);
        }
        TimeZoneNames zones = TimeZoneNames.getInstance(language);
        for (String zone : TimeZone.getAvailableIDs()) {
            String town =
                    zone.indexOf('/') > 0 && !zone.startsWith("Etc/") ? zones.getExemplarLocationName(zone) : null;
            if (town != null) {
                lexicon.add(town, Lexicon.PLACE);
            }
        }
    }

    /** A table is a stream of primitive values: numbers and names in turn, or, in large ones, all the names first. No object is read. */
    private static void areaCodes(String table, Lexicon lexicon) {
        try (InputStream in = PlaceNames.class.getResourceAsStream(FOLDER + table)) {
            if (in == null) {
                return; // not every code is in use
            }
            DataInput values = new ObjectInputStream(in);
            boolean namesFirst = values.readBoolean();
            if (namesFirst) {
                values.skipBytes(8); // widths of the columns that follow the names
                values.skipBytes(4 * values.readInt());
            }
            for (int names = values.readInt(); names > 0; names--) {
                values.skipBytes(namesFirst ? 0 : 4);
                town(values.readUTF(), lexicon);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code Kenosha, WI} or {@code Biel/Bienne/Neuchâtel}; the state is another name. */
    private static void town(String name, Lexicon lexicon) {
        for (String part : name.split("[,/()]", -1)) {
            String town = part.strip();
            if (town.length() > 2) {
                lexicon.add(town, Lexicon.PLACE);
            }
        }
    }
}
