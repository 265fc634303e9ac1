package kindling.prep.language;

import java.util.Arrays;
import java.util.List;

/**
 * How many letters of a text are written in which language.
 *
 * <p>Each window divides its letters among the languages by their probabilities, given its words and what the rest of the text
 * says: one step of expectation maximisation for a mixture of languages (A. P. Dempster and others, 1977), in which no window
 * speaks for itself.
 */
final class Shares {
    /** Letters of the rest of the text that weigh as much as all that is believed beforehand. */
    private static final double PRIOR_LETTERS = 50;
    /** Of a language that nothing speaks for: letters whose words say so can still go to it. */
    private static final double LEAST_LETTERS = 1e-6;

    private final double[] letters = new double[Languages.count()];

    private Shares() {}

    static Shares of(Evidence evidence, Judge judge) {
        Shares shares = new Shares();
        shares.addSole(evidence);
        List<Part> parts = evidence.windows().stream()
                .map(window -> Part.of(window, judge))
                .toList();
        double[] nothing = new double[Languages.count()];
        parts.forEach(part -> part.divide(nothing));
        parts.forEach(part -> part.addTo(shares.letters));
        double[] all = shares.letters.clone();
        Arrays.fill(shares.letters, 0);
        shares.addSole(evidence);
        for (Part part : parts) {
            double[] rest = all.clone();
            part.takeFrom(rest);
            part.divide(rest);
            part.addTo(shares.letters);
        }
        return shares;
    }

    private void addSole(Evidence evidence) {
        for (byte script = 0; script < Scripts.count(); script++) {
            if (Scripts.isSole(script)) {
                int language = Languages.number(Scripts.soleLanguage(script));
                letters[language] += evidence.soleLetters(script) * Scripts.soleWeight(script);
            }
        }
    }

    /** The language with most letters, and its share of all. */
    LanguageId.Guess largest() {
        int largest = 0;
        for (int language = 1; language < letters.length; language++) {
            largest = letters[language] > letters[largest] ? language : largest;
        }
        double all = Arrays.stream(letters).sum();
        return new LanguageId.Guess(Languages.code(largest), all == 0 ? 0 : letters[largest] / all);
    }

    /** A window: what its words say of the languages of its alphabet, and how its letters are divided among them at present. */
    private static final class Part {
        private final int letters;
        private final int[] languages;
        private final double[] logLikelihoods;
        private final double[] divided;

        private Part(int letters, int[] languages, double[] logLikelihoods) {
            this.letters = letters;
            this.languages = languages;
            this.logLikelihoods = logLikelihoods;
            this.divided = new double[languages.length];
        }

        static Part of(Evidence.Window window, Judge judge) {
            int letters = window.letters() * window.alphabet().weight();
            return new Part(letters, window.alphabet().languages(), judge.logLikelihoods(window));
        }

        /** Divides the letters by what their words and the letters of the rest of the text say. */
        void divide(double[] rest) {
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < divided.length; i++) {
                double expected = PRIOR_LETTERS * Languages.prior(languages[i]) + rest[languages[i]];
                divided[i] = logLikelihoods[i] + Math.log(Math.max(LEAST_LETTERS, expected));
                most = Math.max(most, divided[i]);
            }
            double sum = 0;
            for (int i = 0; i < divided.length; i++) {
                divided[i] = Math.exp(divided[i] - most);
                sum += divided[i];
            }
            for (int i = 0; i < divided.length; i++) {
                divided[i] *= letters / sum;
            }
        }

        void addTo(double[] all) {
            for (int i = 0; i < divided.length; i++) {
                all[languages[i]] += divided[i];
            }
        }

        void takeFrom(double[] all) {
            for (int i = 0; i < divided.length; i++) {
                all[languages[i]] -= divided[i];
            }
        }
    }
}
