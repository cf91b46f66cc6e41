"""Which letter groups can be a Vietnamese syllable: the evidence for and against repairing damaged text.

``is_possible`` knows the sound structure (onset, rhyme, tone); ``is_attested`` knows common syllables of administrative
prose with the letters that damage concerns. A repair is certain when the damaged form cannot be a syllable (``phỏp``:
a syllable closed by a stop has no hook tone) or is a known non-word, and the repaired form is attested.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook above, dot below
_STOP_TONES = frozenset("\u0301\u0323")
_STOPS = ("c", "ch", "p", "t")

_ONSET_TEXT = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RHYMES_TEXT = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in ing inh ip it iu
iêc iêm iên iêng iêp iêt iêu o oc oi om on ong ooc oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay
oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uâ uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn uông uôt uy uya uych uyên uyêt uyn
uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ym yn ynh yt
"""

# Common syllables that contain a letter some kind of damage makes or takes away.
_ATTESTED_TEXT = """
biên biếng bá bác bách bán báo bát bãi bão béo bên bìa bình bí bích bính bó bóc bón bóng bôi bông bù búa búp bút
bước bỏ bố bốn bồi bộ bụi chuyên chuyến chuyền chèo chéo chép chìa chìm chí chích chính chú chúa chúc chúng chút
chốc chốn chống chốt chỗ chớ chờ chợ cuốc cuối cuốn cuống cuộc cá các cách cái cám cán cáng cánh cáo cáp cát còn
có cóc cón cô côn công cùng cúi cúm cúng cũ cũng cương cước cường cấm cỏ cố cốc cống cốt cộc cộng cột cỡ cụ cục
cụm cửa diên duyên dài dành dáng dâm dân dâng dâu dây dè dì dích dòng dóng dù dùng dũng dụ dục dụng dừng dự dựa
dựng ghép ghét giành giá giác giám giáng giáo giáp giây giêng giò giòn gió gióng giô giông giúp giỏ giỏi giới
giờ giục giữa gì góc gói góp gôm gông gút gốc gối gồm gộp gỡ hiên hiếp hiểu hiện hoàn hoá huynh huyên huyền hán
hát hâm hân hâu hê hên hình hòa hòm hóa hóc hót hô hôi hôm hôn hông hùng hú húc hút hũ hơn hẹp hỏa hỏi hỏng hố
hối hống hộ hội hộp hờ hụt khiên khu khác khách khám khán kháng khánh khát khéo khép khê khí khía khích khít khó
khóa khóc khói khô khôi khôn không khú khúc khỏe khỏi khốc khối khống khổ khớp khụ kiêm kiên kiêng kiêu kiến kèm
kém kén kéo kê kênh kêu kì kí kích kín kính ký kỳ liêm liên liêu làng lá lách lái láng lát lâm lân lâu lây lãi
lãm lãng lãnh lão lè léo lê lên lì lí lích lính lòng lóc lón lóng lô lôi lông lõi lõm lùi lùng lúa lúc lúi lún
lúng lũ lũy lố lốc lối lộ lộc lội lộn lộng lớn lớp lụa lục lụi lụt lụy lừa lựa lực màng má mách mái mát máu máy
mâm mân mâu mây mã mãi mãn mãng mèo mét mê mên mì mình mía mít mòn mó móc món móng mô môi môn mông mù mùa mùi
mùng múa múc mũ mũi mẹ mốc mối mốt mộc mộng một mới mờ mục mụn mức mừng nghiêm nghiên nghiêng nghèo nghìn nghĩa
ngoái nguyên ngành ngày ngách ngán ngáp ngâm ngân ngây ngã ngãi ngò ngón ngóng ngô ngôi ngôn ngõ ngùng ngúc ngũ
người ngốc ngộ ngờ ngụ nhánh nháp nhâm nhân nhây nhã nhãn nhìn nhích nhím nhíp nhòa nhóm nhón nhôm nhông nhúng
nhất nhỏ nhốt nhộn nhớ nhớt nhờ nhụy nhựa niêm niên nách náo nát nâng nâu não nè nét nê nên nêu nì nín nít nòi
nòng nói nón nóng nô nôi nông nùng núi núp nút nơi nước nếu nỏ nối nốt nỗi nộ nội nộp nới nờ phác phách phán
pháo pháp phát phân phép phê phên phì phí phía phích phím phòng phó phóng phôi phông phù phùng phú phúc phút phũ
phường phố phối phốt phớt phụ phục phủ quá quách quái quán quáng quát quân quâng quét quê quên quí quý quốc
riêng riêu rác rách rán ráng ráo ráp rân râu rãi rãnh rê rên rì rìa rích rít rò ròng rón rót rô rông rõ rõi rùng
rú rút rũ rối rốn rốt rộ rộn rộng rụng rừng sách sán sáng sánh sáp sát sáu sâm sân sâu sét sên sì sít sòng sóc
sói són sóng sót sôi sông sùng súc súng sút sũng số sốc sống sốt sớm sở sụt sức sừng sự thiên thiêng thiêu thiết
thiếu thuyên thuyết thuyền thuê thuế thuốc thuộc thác thách thái thám thán tháng tháo tháp thâm thân thâu thây
thép thêm thênh thêu thì thìn thí thích thính thít thòng thóc thói thóp thô thôi thôn thông thù thùng thú thúc
thúng thúy thẻ thố thốc thối thống thốt thớt thờ thời thợ thụ thục thụy thủ thừa thừng thực tiêm tiên tiêng tiêu
tiến tiếp toàn toái toán toát trách trái trám trán tráng tránh tráo tráp trát trâm trân trâu trên trêu trì trình
trìu trí trích trít trò tròn tróc trói trôi trôn trông trùm trùng trú trúc trúng trút trũng trường trẻ trốn
trống trồng trội trộm trộn trớ trời trở trụ trục trụy trừ trừng trực tuyên tuyến tuyền tuân tuần tác tách tái
tám tán táng táo táp tát tâm tân tâng tâu tây tã tãi tê tên tì tìm tình tí tía tích tín tính tít tò tòa tòng tóa
tóc tói tóm tót tô tôi tôm tôn tông tù tùng tùy tú túc túi túng túy tết tố tốc tối tốn tống tốt tộc tội tột tớ
tới tờ tụ tục tụng tụt từ từng tự uyên uốn uống uỷ ve viêm viên viếng vá vác vách vái ván váng vát vân vâng vây
vãn vãng vé vì ví vía vích vít vòi vòm vòng vó vóc vón vô vôi vùi vùng vú vút vũ vũng vẻ về vốn vộ vội với vờ vụ
vục vụn vụt vừa vừng vực vựng xin xác xách xám xáo xáp xát xâm xân xâu xây xã xét xê xì xích xít xóa xói xóm xón
xô xôi xông xù xùng xúc xúi xúm xúy xối xốp xộc xộn xứ yêm yên yêu yếu ác ách ái ám án ánh áo áp át âm ân âu èo
é én ép êm êu ìn ích ít ò óc ói ô ôi ôm ôn ông ùa ùn úp út úy đi đá đám đán đáng đánh đáo đáp đát đáy đâm đân
đâu đây đã đãi đè đèo đê đêm đên đì đình đích đính đít đòi đòn đó đói đón đóng đô đôi đôn đông đùa đùm đú đúc
đúng đút đũa đưa đường được đền đỏ đốc đối đống đốt đồ đổi đỗ độ độc đội động đột đới đớn đời đỡ đợi đợt đục
đụng đụt đứng đừng đựng ẻ ốc ốm ống ộ ớt
"""

# Converted forms (see ``unconvert``) that sound possible but are not words of Vietnamese.
_NON_WORDS_TEXT = """
gúp cỳng chỳng đỳng khụng nụng sụng hụm dõn nhõn cõn trõn phõn thõn tõm sõu cõu lõu đõu đõy xõy mõy tõy cõy trõu
thỡ nờn trờn bờn phờ cựng phự hựng tựng phũng trũ hũa tũa đúi cỏo bỏo
"""

# Words that tell which of two attested readings is meant: the reading together with its neighbour.
_COMPOUNDS_TEXT = """
xây_dựng tiêu_dùng sử_dụng tự_do tự_chủ tự_nguyện thứ_tự trật_tự nhiệm_vụ dịch_vụ phục_vụ nghĩa_vụ vụ_việc
bãi_bỏ hủy_bỏ bỏ_phiếu quảng_bá truyền_bá tụ_điểm phạt_tù vô_hiệu chữ_thập đá_xây
"""


_LONGEST = len("nghiêng")
_ONSETS = ("", *_ONSET_TEXT.split())
_RHYMES = frozenset(_RHYMES_TEXT.split())
_ATTESTED = frozenset(_ATTESTED_TEXT.split())
_NON_WORDS = frozenset(_NON_WORDS_TEXT.split())
_COMPOUNDS = frozenset(_COMPOUNDS_TEXT.split())


@lru_cache(maxsize=65536)
def is_possible(word: str) -> bool:
    """True when a word (any case, NFC) has the sound structure of one Vietnamese syllable."""
    if len(word) > _LONGEST:
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    marks = [char for char in decomposed if char in TONES]
    if len(marks) > 1:
        return False
    letters = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in TONES))
    for onset in _ONSETS:
        rhyme = letters[len(onset) :]
        if letters.startswith(onset) and rhyme in _RHYMES:
            return not rhyme.endswith(_STOPS) or (bool(marks) and marks[0] in _STOP_TONES)
    return False


def is_attested(word: str) -> bool:
    """True for a common syllable of administrative prose (only syllables that damage concerns are listed)."""
    return word.lower() in _ATTESTED


def is_non_word(word: str) -> bool:
    """True for a converted form that sounds possible but is not a word of Vietnamese."""
    return word.lower() in _NON_WORDS


def is_compound(first: str, second: str) -> bool:
    """True for two neighbouring syllables that make one of the known compounds."""
    return f"{first}_{second}".lower() in _COMPOUNDS
