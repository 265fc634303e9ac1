package kindling.prep.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesOfTheWorldTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            af | Ons gaan môre met die trein na my ouma se huis, want sy het vir ons koek gebak.
            am | ዛሬ ጠዋት ወደ ገበያ ሄጄ ቡና እና ዳቦ ገዛሁ።
            ar | ذهبنا أمس إلى السوق واشترينا الخبز والفاكهة من البائع القديم.
            az | Dünən biz bazara getdik və köhnə satıcıdan çörək, meyvə aldıq.
            be | Учора мы хадзілі на рынак і купілі там хлеб, яблыкі ды трохі мёду.
            bg | Вчера отидохме на пазара и купихме хляб, ябълки и малко мед от стария продавач.
            bn | গতকাল আমরা বাজারে গিয়ে পুরোনো দোকান থেকে রুটি আর ফল কিনেছি।
            ca | Ahir vam anar al mercat i vam comprar pa, pomes i una mica de mel al venedor de sempre.
            cs | Včera jsme šli na trh a koupili jsme chléb, jablka a trochu medu od starého prodavače.
            cy | Aethon ni i'r farchnad ddoe a phrynu bara, afalau ac ychydig o fêl gan yr hen werthwr.
            da | I går gik vi på markedet og købte noget brød, æbler og lidt honning af den gamle sælger.
            de | Gestern gingen wir auf den Markt und kauften Brot, Äpfel und etwas Honig vom alten Händler.
            el | Χθες πήγαμε στην αγορά και αγοράσαμε ψωμί, μήλα και λίγο μέλι.
            en | Yesterday we went to the market and bought bread, apples and some honey from the old seller.
            eo | Hieraŭ ni iris al la bazaro kaj aĉetis panon, pomojn kaj iom da mielo de la maljuna vendisto.
            es | Ayer fuimos al mercado y compramos pan, manzanas y un poco de miel al viejo vendedor.
            et | Eile käisime turul ja ostsime vanalt müüjalt leiba, õunu ja natuke mett.
            eu | Atzo azokara joan ginen eta ogia, sagarrak eta ezti pixka bat erosi genizkion saltzaile zaharrari.
            fa | دیروز به بازار رفتیم و از فروشنده پیر نان، سیب و کمی عسل خریدیم.
            fi | Eilen kävimme torilla ja ostimme vanhalta myyjältä leipää, omenoita ja vähän hunajaa.
            fr | Hier, nous sommes allés au marché et nous avons acheté du pain, des pommes et un peu de miel.
            ga | Chuamar go dtí an margadh inné agus cheannaíomar arán, úlla agus beagán meala ón seandíoltóir.
            gu | ગઈકાલે અમે બજારમાં જઈને જૂની દુકાનમાંથી રોટલી અને ફળ ખરીદ્યાં.
            he | אתמול הלכנו לשוק וקנינו לחם, תפוחים ומעט דבש מהמוכר הזקן.
            hi | कल हम बाज़ार गए और बूढ़े दुकानदार से रोटी, सेब और थोड़ा शहद खरीदा।
            hr | Jučer smo otišli na tržnicu i kupili kruh, jabuke i malo meda, a prije toga smo vidjeli što je novo.
            hu | Tegnap elmentünk a piacra, és kenyeret, almát meg egy kis mézet vettünk az öreg árustól.
            hy | Երեկ մենք գնացինք շուկա և հաց, խնձոր ու մի քիչ մեղր գնեցինք։
            id | Kemarin kami pergi ke pasar karena ibu harus membeli roti, apel, dan sedikit madu dari penjual tua.
            is | Í gær fórum við á markaðinn og keyptum brauð, epli og svolítið hunang af gamla kaupmanninum.
            it | Ieri siamo andati al mercato e abbiamo comprato pane, mele e un po' di miele dal vecchio venditore.
            ja | 昨日は市場へ行って、年を取った店主からパンとりんごを買いました。
            ka | გუშინ ბაზარში წავედით და პური, ვაშლი და ცოტა თაფლი ვიყიდეთ.
            kk | Кеше біз базарға барып, қарт сатушыдан нан, алма және аздап бал сатып алдық.
            km | ម្សិលមិញ យើងបានទៅផ្សារ ហើយទិញនំប៉័ង និងផ្លែប៉ោម។
            kn | ನಿನ್ನೆ ನಾವು ಮಾರುಕಟ್ಟೆಗೆ ಹೋಗಿ ಬ್ರೆಡ್ ಮತ್ತು ಹಣ್ಣುಗಳನ್ನು ಖರೀದಿಸಿದೆವು.
            ko | 어제 우리는 시장에 가서 나이 든 상인에게서 빵과 사과를 샀습니다.
            la | Heri ad forum ivimus et a sene mercatore panem, mala et paulum mellis emimus.
            lo | ມື້ວານນີ້ພວກເຮົາໄປຕະຫຼາດ ແລະ ຊື້ເຂົ້າຈີ່ກັບໝາກແອັບເປິ້ນ.
            lt | Vakar nuėjome į turgų ir iš seno pardavėjo nusipirkome duonos, obuolių ir truputį medaus.
            lv | Vakar mēs gājām uz tirgu un nopirkām no vecā pārdevēja maizi, ābolus un nedaudz medus.
            mk | Вчера отидовме на пазар и купивме леб, јаболка и малку мед од стариот продавач.
            ml | ഇന്നലെ ഞങ്ങൾ ചന്തയിൽ പോയി അപ്പവും പഴങ്ങളും വാങ്ങി.
            mn | Өчигдөр бид зах дээр очоод хөгшин худалдагчаас талх, алим, бага зэрэг зөгийн бал авсан.
            mr | काल आम्ही बाजारात गेलो आणि म्हाताऱ्या दुकानदाराकडून भाकरी, सफरचंद आणि थोडा मध विकत घेतला.
            ms | Semalam kami pergi ke pasar kerana ibu mesti membeli roti, epal dan sedikit madu daripada penjual tua.
            my | မနေ့က ကျွန်တော်တို့ ဈေးသွားပြီး ပေါင်မုန့်နဲ့ ပန်းသီး ဝယ်ခဲ့တယ်။
            nb | I går gikk vi på markedet og kjøpte noe brød, epler og litt honning av den gamle selgeren.
            nl | Gisteren gingen we naar de markt en kochten we brood, appels en een beetje honing van de oude koopman.
            nn | I går gjekk vi på marknaden og kjøpte noko brød, eple og litt honning hjå den gamle seljaren, men eg var ikkje med.
            pa | ਕੱਲ੍ਹ ਅਸੀਂ ਬਾਜ਼ਾਰ ਗਏ ਅਤੇ ਬੁੱਢੇ ਦੁਕਾਨਦਾਰ ਤੋਂ ਰੋਟੀ ਤੇ ਸੇਬ ਖਰੀਦੇ।
            pl | Wczoraj poszliśmy na targ i kupiliśmy chleb, jabłka i trochę miodu od starego sprzedawcy.
            pt | Ontem fomos ao mercado e comprámos pão, maçãs e um pouco de mel ao velho vendedor.
            ro | Ieri am mers la piață și am cumpărat pâine, mere și puțină miere de la bătrânul vânzător.
            ru | Вчера мы пошли на рынок и купили хлеб, яблоки и немного мёда у старого продавца.
            si | ඊයේ අපි වෙළඳපොළට ගොස් පාන් සහ ඇපල් මිලදී ගත්තෙමු.
            sk | Včera sme išli na trh a kúpili sme chlieb, jablká a trochu medu od starého predavača.
            sl | Včeraj smo šli na tržnico in od starega prodajalca kupili kruh, jabolka in malo medu.
            so | Shalay waxaan tagnay suuqa oo waxaan ka soo iibsannay rooti, tufaax iyo malab yar.
            sq | Dje shkuam në treg dhe blemë bukë, mollë dhe pak mjaltë nga shitësi i vjetër.
            sr | Јуче смо отишли на пијацу и купили хлеб, јабуке и мало меда од старог продавца.
            sr | Juče smo otišli na pijacu i kupili hleb, jabuke i malo meda, a pre toga smo videli gde je novo mesto.
            sv | I går gick vi till torget och köpte bröd, äpplen och lite honung av den gamla försäljaren.
            sw | Jana tulikwenda sokoni na kununua mkate, matofaa na asali kidogo kutoka kwa muuzaji mzee.
            ta | நேற்று நாங்கள் சந்தைக்குச் சென்று ரொட்டியும் பழங்களும் வாங்கினோம்.
            te | నిన్న మేము సంతకు వెళ్లి రొట్టె మరియు పండ్లు కొన్నాము.
            th | เมื่อวานนี้เราไปตลาดและซื้อขนมปังกับแอปเปิลจากคนขายที่แก่แล้ว
            tl | Kahapon ay pumunta kami sa palengke at bumili ng tinapay, mansanas at kaunting pulot sa matandang tindero.
            tr | Dün pazara gittik ve yaşlı satıcıdan ekmek, elma ve biraz bal aldık.
            uk | Учора ми пішли на ринок і купили хліб, яблука та трохи меду в старого продавця.
            ur | کل ہم بازار گئے اور بوڑھے دکاندار سے روٹی، سیب اور تھوڑا سا شہد خریدا۔
            vi | Hôm qua chúng tôi đi chợ và mua bánh mì, táo cùng một ít mật ong của người bán hàng già.
            xh | Izolo siye emarikeni sathenga isonka, iiapile kunye nobusi obuncinci kumthengisi omdala.
            yo | Ní àná a lọ sí ọjà, a sì ra búrẹ́dì, èso àti oyin díẹ̀ lọ́wọ́ àgbà oníṣòwò náà.
            zh | 昨天我们去市场，从一位老商贩那里买了面包、苹果和一点蜂蜜。
            zh | 昨天我們去市場，從一位老商販那裡買了麵包、蘋果和一點蜂蜜。
            zu | Izolo siye emakethe sathenga isinkwa, ama-apula noju oluncane kumthengisi osekhulile.
            """)
    void namesTheLanguageOfOneSentence(String language, String sentence) {
        assertThat(LanguageId.of(sentence).code()).isEqualTo(language);
    }
}
