using System.Text.RegularExpressions;

namespace Spectrum.PrivacyFlows.Intake.Words;

/// <summary>
/// What mail programs write above a message that they quote, in the languages of Europe and some others, as data. Collected from the
/// programs' own translations: Outlook's block of headers, Gmail's and Apple Mail's line, the line of dashes.
/// </summary>
internal static partial class QuoteHeads
{
    /// <summary>The labels of a quoted message's headers, by what they mean.</summary>
    private static readonly IReadOnlyDictionary<HeadLabel, string[]> Labels = new Dictionary<HeadLabel, string[]>
    {
        [HeadLabel.From] =
        [
            "from", "von", "de", "da", "van", "fra", "från", "od", "lähettäjä", "feladó", "kimden", "gönderen", "от", "від", "από",
            "expéditeur", "remitente", "mittente", "afzender", "nadawca", "odesílatel", "odosielateľ", "saatja", "no", "nuo",
            "kuo", "oddaje", "pošiljatelj", "de la", "oddělení", "差出人", "送信者", "发件人", "發件人", "寄件者", "보낸 사람", "보낸사람", "مأت", "من",
            "מאת", "จาก", "từ", "dari",
        ],
        [HeadLabel.Date] =
        [
            "sent", "date", "gesendet", "datum", "envoyé", "date d'envoi", "enviado", "enviado el", "enviada em", "enviado em",
            "fecha", "data", "inviato", "verzonden", "sendt", "skickat", "dato", "wysłano", "odesláno", "odoslané", "elküldve",
            "dátum", "gönderme tarihi", "gönderildi", "tarih", "отправлено", "дата", "надіслано", "στάλθηκε", "ημερομηνία",
            "lähetetty", "päivämäärä", "päiväys", "saadetud", "kuupäev", "nosūtīts", "išsiųsta", "poslano", "poslané", "trimis",
            "送信日時", "日時", "日付", "发送时间", "發送時間", "日期", "寄件日期", "보낸 날짜", "날짜", "تاريخ", "נשלח", "תאריך", "ngày",
        ],
        [HeadLabel.To] =
        [
            "to", "an", "à", "para", "a", "aan", "til", "till", "do", "komu", "címzett", "kime", "alıcı", "кому", "προς",
            "vastaanottaja", "pro", "destinataire", "destinatario", "empfänger", "saaja", "kam", "kam(s)", "către", "za", "prima",
            "宛先", "收件人", "收件者", "받는 사람", "받는사람", "إلى", "אל", "đến", "cc", "kopie", "kopia", "copie", "kopi",
        ],
        [HeadLabel.Subject] =
        [
            "subject", "betreff", "betrifft", "objet", "asunto", "assunto", "oggetto", "onderwerp", "emne", "ämne", "temat",
            "předmět", "predmet", "tárgy", "konu", "тема", "θέμα", "aihe", "teema", "tēma", "tema", "subiect", "zadeva", "件名",
            "主题", "主題", "主旨", "제목", "الموضوع", "נושא", "chủ đề",
        ],
    };

    /// <summary>With the marks of bold type around it.</summary>
    private const int LongestLabel = 40;

    private static readonly Dictionary<string, HeadLabel> ByLabel = Labels
        .SelectMany(kind => kind.Value.Select(label => (label, kind.Key)))
        .DistinctBy(pair => pair.label)
        .ToDictionary(pair => pair.label, pair => pair.Key);

    /// <summary>The label of a line of a head, and what follows it; null for any other line.</summary>
    public static (HeadLabel Label, string Value)? LabelOf(string line)
    {
        if (line.AsSpan(0, Math.Min(line.Length, LongestLabel)).IndexOfAny(':', '：') < 0)
            return null;
        var match = Labelled().Match(line);
        return match.Success && ByLabel.TryGetValue(match.Groups["label"].Value.Trim().ToLowerInvariant(), out var label)
            ? (label, match.Groups["value"].Value.Trim(' ', '*', '\t'))
            : null;
    }

    /// <summary>As in <c>-----Original Message-----</c>, and Apple Mail's words for a forwarded message.</summary>
    public static bool IsDashed(string line) => Dashed().IsMatch(line) || Begins().IsMatch(line);

    public static bool IsEnd(string line) => End().IsMatch(line);

    public static bool IsUnderscores(string line) => Underscores().IsMatch(line);

    /// <summary>As in <c>On Monday, A wrote:</c>, on one line that ends with a colon.</summary>
    public static bool IsAttribution(string line) =>
        line.Length is > 8 and <= 400 && (line[^1] is ':' or '：' || line.Contains("写道", StringComparison.Ordinal))
        && Attribution().IsMatch(line);

    /// <summary>
    /// Whether an attribution has a date at its beginning, as programs write it, or an address: people write neither when they begin
    /// a list of wishes.
    /// </summary>
    public static bool IsOfAProgram(string attribution) => ProgramsBeginning().IsMatch(attribution) || attribution.Contains('@');

    private const string Wrote =
        @"wrote|writes|schrieb|schrieben|a écrit|ont écrit|escribió|escribio|escreveu|ha scritto|scrive|schreef|heeft geschreven|skrev|" +
        @"napisał\(a\)|napisał|napisała|napisal\(a\)|napsal\(a\)|napsal|napsala|napísal\(a\)|napísal|írta|ezt írta|yazdı|" +
        @"şunu yazdı|kirjoitti|" +
        @"έγραψε|a scris|написал\(а\)|написал|написала|пишет|написав|написала|пише|je napisao|je napisao/la|" +
        @"kirjutas|rakstīja|rašė|е написал|" +
        @"viết|menulis|がこう書きました|さんは書きました|のメール|写道|寫道|님이 작성|كتب|כתב";

    [GeneratedRegex(@"^[\s*_|]*(?<label>[\p{L}\p{M}()' ]{1,18}?)[\s*_]*[:：][\s*_]*(?<value>.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Labelled();

    [GeneratedRegex(
        @"^\s*[-_=*—–]{2,}\s*(original (message|appointment|email)|forwarded (message|by .{1,80})|ursprüngliche nachricht|" +
        @"originalnachricht|original-nachricht|weitergeleitete nachricht|message d['’]origine|message original|message transféré|" +
        @"message réexpédié|mensaje original|mensaje reenviado|mensagem original|mensagem encaminhada|messaggio originale|" +
        @"messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|opprinnelig melding|videresendt melding|" +
        @"ursprungligt meddelande|vidarebefordrat (meddelande|mejl)|oprindelig meddelelse|videresendt meddelelse|" +
        @"wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|přeposlaná zpráva|původní zpráva|pôvodná správa|" +
        @"eredeti üzenet|továbbított üzenet|orijinal ileti|orijinal mesaj|iletilen ileti|исходное сообщение|" +
        @"пересылаемое сообщение|оригінальне повідомлення|переслане повідомлення|alkuperäinen viesti|välitetty viesti|" +
        @"mesaj original|mesaj redirecționat|αρχικό μήνυμα|προωθημένο μήνυμα|元のメッセージ|転送メッセージ|原始邮件|原始郵件|" +
        @"转发的邮件|轉寄郵件|원본 메시지|전달된 메시지)\s*[-_=*—–]*\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dashed();

    [GeneratedRegex(
        @"^\s*(begin forwarded message|anfang der weitergeleiteten nachricht|début du message (réexpédié|transféré)|" +
        @"inizio messaggio inoltrato|inicio del mensaje reenviado|início da mensagem reencaminhada|begin doorgestuurd bericht|" +
        @"start på videresendt besked|vidarebefordrat brev|videresendt melding)\s*:\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Begins();

    [GeneratedRegex(@"^\s*[-_=*—–]{2,}\s*(end (of )?(the )?(forwarded|original|quoted) message|ende der nachricht)\s*[-_=*—–]*\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex End();

    [GeneratedRegex(@"^\s*_{20,}\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Underscores();

    [GeneratedRegex(
        @"^(?=.*[\d@]).*((?<![\p{L}\p{M}])(" + Wrote + @")(?![\p{L}\p{M}])|がこう書きました|さんは書きました|のメール|写道|寫道|님이 작성)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Attribution();

    [GeneratedRegex(
        @"^\s*(on|am|le|el|il|op|den|em|dnia|w dniu|dne|dňa|ha|kl|på|pe|tarihinde|vào|pada)\s.{0,40}\d.*\d|^\s*\d[\d./年月日: ,-]{5,}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ProgramsBeginning();
}

/// <summary>What a line in a quoted message's head says.</summary>
internal enum HeadLabel
{
    From,
    Date,
    To,
    Subject,
}
