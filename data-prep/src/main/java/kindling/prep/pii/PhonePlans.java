package kindling.prep.pii;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the number plans of libphonenumber say of digits.
 *
 * <p>Numbers are put together here and handed over as such: parsing text, which that library can do too, would take most of the time.
 */
final class PhonePlans {
    /** Countries whose numbers are written without the 0 that is dialled before them as often as with it. */
    private static final Set<String> OFTEN_WITHOUT_TRUNK = Set.of("IN");

    private static final int LONGEST = 17; // digits of a national number; libphonenumber's own limit

    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
    private final Set<Integer> callingCodes = plans.getSupportedCallingCodes();
    private final List<Region> regions = new ArrayList<>();

    /**
     * @param trunk digits before a national number within the country; empty for none
     * @param lengths bit n: numbers of n digits exist
     * @param area least and most digits of the first group behind the trunk prefix
     * @param mostGroups that any number of the country is written in
     */
    private record Region(
            String name, int callingCode, String trunk, boolean needsTrunk, int lengths, Range area, int mostGroups) {
        /** Whether numbers may be grouped so, which is cheaper to tell than how this very number is. */
        boolean mayGroup(int[] written, boolean hasTrunk) {
            return written.length > 1
                    && written[0] >= area.least
                    && written[0] <= area.most
                    && (hasTrunk || written.length <= mostGroups);
        }
    }

    private record Range(int least, int most) {}

    /** How digits stand to a plan. */
    enum Fit {
        NONE,
        /** Right, but not written in the groups of its country. */
        VALID,
        GROUPED
    }

    /** @throws IllegalArgumentException for a region that no number plan is known for */
    PhonePlans(List<String> names) {
        for (String name : names) {
            if (!plans.getSupportedRegions().contains(name)) {
                throw new IllegalArgumentException(
                        "phone region must be an ISO 3166 code in upper case such as US or DE, got \"%s\""
                                .formatted(name));
            }
            int code = plans.getCountryCodeForRegion(name);
            String trunk = plans.getNddPrefixForRegion(name, true);
            regions.add(region(name, code, trunk == null ? "" : trunk));
        }
    }

    /** Knows how a country groups its numbers from how the plan writes one of each length and first three digits. */
    private Region region(String name, int code, String trunk) {
        int lengths = lengths(code);
        int least = LONGEST;
        int most = 0;
        int mostGroups = 0;
        for (int prefix = 100; prefix < 1000; prefix += 7) {
            for (int length = 7; length <= 12; length++) {
                if ((lengths >> length & 1) == 0) {
                    continue;
                }
                String digits = prefix + "2".repeat(length - 3);
                int[] groups = groups(plans.format(number(code, digits), PhoneNumberFormat.NATIONAL));
                int area = groups[0] - (Arrays.stream(groups).sum() - length);
                least = groups.length > 1 ? Math.min(least, area) : least;
                most = groups.length > 1 ? Math.max(most, area) : most;
                mostGroups = Math.max(mostGroups, groups.length);
            }
        }
        return new Region(name, code, trunk, needsTrunk(name, trunk), lengths, new Range(least, most), mostGroups);
    }

    /** Whether digits after a plus or an exit code are a number of some country. */
    boolean isInternational(String digits) {
        int width = callingCodeWidth(digits);
        if (width == 0) {
            return false;
        }
        int code = Integer.parseInt(digits, 0, width, 10);
        String rest = digits.substring(width);
        return isValid(code, rest) || (rest.startsWith("0") && isValid(code, rest.substring(1))); // +44 (0)20 …
    }

    /** How some groups of a candidate fit the best of the regions. */
    Fit national(PhoneCandidate candidate, int first, int last) {
        int count = 0;
        for (int i = first; i <= last; i++) {
            count += candidate.length(i);
        }
        Fit best = Fit.NONE;
        for (Region region : regions) {
            Fit fit = fit(region, candidate, first, last, count);
            best = fit.compareTo(best) > 0 ? fit : best;
            if (best == Fit.GROUPED) {
                return best;
            }
        }
        return best;
    }

    /** Asks what is cheap first: a page of figures must not be put to the plans number by number. */
    private Fit fit(Region region, PhoneCandidate candidate, int first, int last, int count) {
        boolean hasTrunk = !region.trunk.isEmpty() && candidate.startsWith(first, region.trunk);
        int trunk = hasTrunk ? region.trunk.length() : 0;
        boolean whole = first == 0 && last == candidate.groups() - 1;
        if ((region.needsTrunk && !hasTrunk) || count > LONGEST || (region.lengths >> (count - trunk) & 1) == 0) {
            return Fit.NONE;
        }
        int[] written = written(candidate, first, last, trunk);
        if (!whole && !region.mayGroup(written, hasTrunk)) {
            return Fit.NONE;
        }
        String number = candidate.digits(first, last).substring(trunk);
        int[] groups = groups(plans.format(number(region.callingCode, number), PhoneNumberFormat.NATIONAL));
        int formattedTrunk = Arrays.stream(groups).sum() - number.length();
        if (formattedTrunk > 0 && !hasTrunk && !OFTEN_WITHOUT_TRUNK.contains(region.name)) {
            return Fit.NONE;
        }
        groups[0] -= formattedTrunk;
        boolean grouped = isGrouped(written, groups, formattedTrunk > 0 && hasTrunk);
        boolean right = (grouped || whole) && isValid(region.callingCode, number); // the slowest question last
        return !right ? Fit.NONE : grouped ? Fit.GROUPED : Fit.VALID;
    }

    /** Whether digits are grouped as expected; after a trunk prefix the area code decides, the rest varies. */
    private static boolean isGrouped(int[] written, int[] expected, boolean trunk) {
        boolean area = trunk && written.length > 1 && expected.length > 1 && written[0] == expected[0];
        return written.length > 1 && (area || Arrays.equals(written, expected));
    }

    /** How many digits each group has, those of the trunk prefix apart. */
    private static int[] written(PhoneCandidate candidate, int first, int last, int trunk) {
        int from = candidate.length(first) == trunk ? first + 1 : first;
        int[] written = new int[last - from + 1];
        for (int i = from; i <= last; i++) {
            written[i - from] = candidate.length(i);
        }
        if (from == first) {
            written[0] -= trunk;
        }
        return written;
    }

    /** How many digits each group of a formatted number has. */
    private static int[] groups(String formatted) {
        int[] groups = new int[formatted.length()];
        int count = 0;
        for (int i = 0; i < formatted.length(); i++) {
            boolean digit = Context.isDigitAt(formatted, i);
            count += digit && !Context.isDigitAt(formatted, i - 1) ? 1 : 0;
            groups[Math.max(0, count - 1)] += digit ? 1 : 0;
        }
        return Arrays.copyOf(groups, count);
    }

    /** How many digits the calling code has that these digits start with; 0 for none. */
    int callingCodeWidth(String digits) {
        for (int width = 1; width <= 3 && width < digits.length(); width++) {
            if (callingCodes.contains(Integer.parseInt(digits, 0, width, 10))) {
                return width;
            }
        }
        return 0;
    }

    private boolean isValid(int callingCode, String number) {
        return !number.isEmpty() && number.length() <= LONGEST && plans.isValidNumber(number(callingCode, number));
    }

    private static PhoneNumber number(int callingCode, String digits) {
        PhoneNumber number = new PhoneNumber().setCountryCode(callingCode).setNationalNumber(Long.parseLong(digits));
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return zeros == 0 ? number : number.setItalianLeadingZero(true).setNumberOfLeadingZeros(zeros);
    }

    /** Whether the country writes its trunk prefix: known without asking the plan for each number. */
    private boolean needsTrunk(String region, String trunk) {
        PhoneNumber example = plans.getExampleNumber(region);
        return !trunk.isEmpty()
                && example != null
                && !OFTEN_WITHOUT_TRUNK.contains(region)
                && plans.format(example, PhoneNumberFormat.NATIONAL)
                        .replace("(", "")
                        .startsWith(trunk);
    }

    private int lengths(int callingCode) {
        int lengths = 0;
        for (int length = 2; length <= LONGEST; length++) {
            PhoneNumber number = number(callingCode, "2".repeat(length));
            lengths |= plans.isPossibleNumber(number) ? 1 << length : 0;
        }
        return lengths;
    }
}
