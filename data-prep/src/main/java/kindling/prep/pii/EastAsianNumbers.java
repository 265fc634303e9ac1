package kindling.prep.pii;

import static kindling.prep.pii.IdNumber.Strength.IN_FIELD;
import static kindling.prep.pii.IdNumber.Strength.LIKELY;
import static kindling.prep.pii.IdNumber.Strength.NEEDS_CONTEXT;
import static kindling.prep.pii.IdNumber.Strength.SURE;

import java.util.List;
import java.util.Set;

/** Numbers of China, Hong Kong, Japan, Korea and Taiwan. */
final class EastAsianNumbers {
    /** Provinces as GB/T 2260 numbers them, with those for Hong Kong, Macau, Taiwan and residents from abroad. */
    private static final Set<String> CHINESE_PROVINCES =
            Set.of("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50"
                    .concat(" 51 52 53 54 61 62 63 64 65 71 81 82 83 91")
                    .split(" ", -1));

    /** Letters in the order of the numbers 10 to 35 that stand for them. */
    private static final String TAIWANESE_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO";

    private EastAsianNumbers() {}

    static List<IdNumber> all() {
        return List.of(
                IdNumber.of("CN_RESIDENT_ID", EastAsianNumbers::isChinese, "resident identity id 身份证 身份证号 身份证号码 公民身份号码")
                        .written(SURE, "999999999999999999", "99999999999999999A"),
                IdNumber.of("HK_ID", EastAsianNumbers::isHongKong, "hkid hong kong identity 身份證 身份證號碼")
                        .written(LIKELY, "A999999(9)", "A999999(A)", "AA999999(9)", "AA999999(A)")
                        .written(NEEDS_CONTEXT, "A9999999", "A999999A"),
                IdNumber.of("TW_ID", EastAsianNumbers::isTaiwanese, "taiwan taiwanese 身分證 身分證字號 身份證字號 統一編號 統一證號")
                        .written(IN_FIELD, "A999999999"),
                IdNumber.of("JP_MY_NUMBER", EastAsianNumbers::isJapanese, "マイナンバー 個人番号 mynumber kojin bango my")
                        .written(NEEDS_CONTEXT, "999999999999", "9999 9999 9999", "9999-9999-9999"),
                IdNumber.of("KR_RRN", EastAsianNumbers::isKorean, "rrn 주민등록번호 주민번호 외국인등록번호 resident registration")
                        .written(LIKELY, "999999-9999999")
                        .written(NEEDS_CONTEXT, "9999999999999"),
                IdNumber.of("KR_RRN", EastAsianNumbers::isKoreanDay, "rrn 주민등록번호 주민번호 외국인등록번호 resident registration")
                        .written(NEEDS_CONTEXT, "999999-9999999"));
    }

    /** Province, birthday with century, serial, ISO 7064 MOD 11-2 (GB 11643-1999). */
    private static boolean isChinese(String number) {
        int year = Checksum.number(number, 6, 10);
        char last = number.charAt(17);
        return CHINESE_PROVINCES.contains(number.substring(0, 2))
                && year >= 1850
                && year < 2100
                && DayOfBirth.isDay(year, DayOfBirth.pair(number, 10), DayOfBirth.pair(number, 12))
                && (last == 'X' || last <= '9')
                && Checksum.mod11And2(number);
    }

    /** Weights 9 to 1 modulo 11 with letters as 10 … 35 and 36 for no second letter; A is a ten (Immigration Department; python-stdnum has the rule). */
    private static boolean isHongKong(String number) {
        int last = number.length() - 1;
        int sum = number.length() == 9 ? 9 * Character.digit(number.charAt(0), 36) : 9 * 36;
        for (int i = 0; i < 8; i++) {
            sum += (8 - i) * Character.digit(number.charAt(last - 7 + i), 36);
        }
        return (number.charAt(last) <= 'A') && sum % 11 == 0;
    }

    /** Place as two digits, sex, serial; weights 1, 9, 8, …, 1, 1 modulo 10 (內政部, 國民身分證統一編號). */
    private static boolean isTaiwanese(String number) {
        int place = 10 + TAIWANESE_LETTERS.indexOf(number.charAt(0));
        int sum = place / 10 + 9 * (place % 10) + Checksum.weighted(number, 1, 8, 7, 6, 5, 4, 3, 2, 1, 1);
        return "1289".indexOf(number.charAt(1)) >= 0 && sum % 10 == 0;
    }

    /** Weights modulo 11 (行政手続における特定の個人を識別するための番号…総務省令第八十五号, article 5). */
    private static boolean isJapanese(String digits) {
        int remainder = Checksum.weighted(digits, 0, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (remainder <= 1 ? 0 : 11 - remainder) == Checksum.digit(digits, 11) && !Checksum.isOneDigitOnly(digits);
    }

    /** Birthday, sex and century, weights 2 to 9 and 2 to 5 modulo 11; from October 2020 on the rest is drawn by lot (주민등록법 시행규칙). */
    private static boolean isKorean(String digits) {
        int check = (11 - Checksum.weighted(digits, 0, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10;
        return isKoreanDay(digits) && check == Checksum.digit(digits, 12);
    }

    private static boolean isKoreanDay(String digits) {
        return DayOfBirth.isYearMonthDay(digits, 0);
    }
}
