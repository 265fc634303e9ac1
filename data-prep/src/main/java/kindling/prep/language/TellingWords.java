package kindling.prep.language;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Frequent words that one language has and a neighbour spells otherwise or lacks. Between neighbours they say more than the
 * frequencies of their letters do: nothing else differs between many sentences of Danish and Bokmål, Croatian and Serbian.
 */
final class TellingWords {
    private static final Map<String, Set<String>> OF = Map.of(
            "da",
            words(
                    "af blev bliver meget hvad nogle noget nogen uden igen sig mig dig efter nu fået mellem været hvis jeg mere"
                            + " kun disse hende måske bruges bruge billede gøre gør sådan gennem imod enhver ved eller hver"),
            "nb",
            words(
                    "av ble blir mye hva noen noe uten igjen seg meg deg etter nå fått mellom vært hvis jeg mer bare disse henne"
                            + " kanskje brukes bruke bilde gjøre gjør slik gjennom mot enhver bli ut ved eller hver"),
            "nn",
            words(
                    "av vart blir blei mykje kva nokre noko nokon utan seg meg deg etter no fått mellom vore dersom eg meir"
                            + " berre desse henne kanskje bruke bilete gjere gjer slik gjennom mot ein eit dei ikkje frå ved eller kvar"),
            "sv",
            words(
                    "av blev blir mycket vad några något utan igen sig mig dig efter nu fått mellan varit jag mer bara dessa"
                            + " henne kanske använda bild göra gör sådan genom mot och att är ett för på inte vid eller varje"),
            "hr",
            words(
                    "također tijekom tko što uvjet uvjeta uvjeti općina općine tisuća europa europe europski europske unatoč"
                            + " računalo računala točno sukladno netko nitko svatko ništa kolovoza rujna listopada studenoga siječnja"
                            + " veljače ožujka travnja svibnja lipnja srpnja tjedan tjedna glazbe povijest povijesti zrakoplov sustav"
                            + " sustava zaslon datoteka datoteke datoteku županije tvrtka tvrtke natjecanje sigurnosti uporaba uporabe"),
            "bs",
            words(
                    "također takođe tokom ko šta uslov uslova uslovi općina općine hiljada evropa evrope evropski evropske"
                            + " uprkos tačno neko niko svako ništa augusta septembra oktobra novembra januara februara marta aprila"
                            + " maja juna jula sedmica sedmice muzike historija historije sistem sistema lahko sigurnosti saopćenje"
                            + " bosne hercegovine sarajevo sarajeva sarajevu kantona federacije upotreba upotrebe"),
            "sr",
            words(
                    "takođe tokom ko šta uslov uslova uslovi opština opštine hiljada evropa evrope evropski evropske uprkos"
                            + " tačno neko niko svako ništa avgusta septembra oktobra novembra januara februara marta aprila maja juna"
                            + " jula nedelja nedelje muzike istorija istorije sistem sistema lako bezbednosti saopštenje srbije srbija"
                            + " upotreba upotrebe gde uvek pre posle vreme mesto deo dela svet sveta reč reči dve biće čovek ovde"),
            "id",
            words("bahwa karena bisa saat berbeda perusahaan mobil kantor uang senin jumat agustus maret desember mulai"
                    + " dilakukan kota warga mengatakan pemerintah sedangkan setelah hal agar butuh coba bagian"
                    + " kali hukum provinsi kabupaten jadi berkas orang-orang punya tentang"),
            "ms",
            words(
                    "bahawa kerana boleh berbeza syarikat kereta pejabat wang isnin jumaat ogos mac disember bermula bandar"
                            + " berkata kerajaan manakala selepas perkara supaya mesti cuba bahagian daripada ialah iaitu"
                            + " semasa sekiranya apabila hendaklah ramai lapan negeri undang fail"));

    private static final List<String> IJEKAVIAN = List.of("mje", "vje", "pje", "dje", "sje", "cje", "tje");
    private static final Set<String> IJEKAVIAN_LANGUAGES = Set.of("hr", "bs");

    private TellingWords() {}

    /** How many of some words speak for a language; words have a blank after each. */
    static int count(CharSequence words, String language) {
        Set<String> telling = OF.getOrDefault(language, Set.of());
        boolean ijekavian = IJEKAVIAN_LANGUAGES.contains(language);
        int count = 0;
        for (String word : words.toString().split(" ", -1)) {
            if (telling.contains(word) || (ijekavian && IJEKAVIAN.stream().anyMatch(word::contains))) {
                count++;
            }
        }
        return count;
    }

    private static Set<String> words(String words) {
        return new HashSet<>(List.of(words.split(" ", -1)));
    }
}
