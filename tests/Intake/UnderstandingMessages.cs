using Spectrum.PrivacyFlows.Cases;
using Spectrum.PrivacyFlows.Law;
using Spectrum.PrivacyFlows.Rights;

namespace Spectrum.PrivacyFlows.Tests.Intake;

/// <summary>Messages as people write them. Names are invented.</summary>
internal static class UnderstandingMessages
{
    public static readonly (string Subject, string Body)[] Access =
    [
        ("Subject access request", "Please treat this as a formal request."),
        ("SAR", "Dear Spectrum,\n\nplease action within one month.\n\nKind regards\nA. Person"),
        ("DSAR", ""),
        ("", "I would like to make a subject access request under the UK GDPR."),
        ("", "This is a data subject access request. Please confirm receipt."),
        ("Data access request", "See subject."),
        ("Hello", "Please can you send me a copy of my data?"),
        ("Hello", "hi can i have a copy of all my personal data please thanks"),
        ("My information", "I'd like copies of all the information you hold about me."),
        ("Question", "What information do you hold about me?"),
        ("Question", "what data do you have on me"),
        ("Question", "What do you know about me? I have been a customer since 2011."),
        ("Request", "Please tell me everything you have on me."),
        ("Request", "I want to see all the personal data that you hold on me, including emails and call notes."),
        ("Request", "Under Article 15 of the GDPR I request access to my personal data."),
        ("Art. 15 GDPR", "I hereby exercise my right of access."),
        ("Art 15 UK GDPR request", "Please proceed."),
        ("Request", "Under the Data Protection Act 2018 I am entitled to a copy of the personal data you hold about me."),
        ("Request", "Could you let me know whether you hold any personal data about me, and if so send it to me?"),
        (
            "Request",
            "Please supply the information about me that I am entitled to receive under data protection law, "
                + "namely copies of the personal data you process about me."),
        ("Data", "Please give me access to my personal data."),
        ("Data", "I wish to access my data."),
        ("Data", "Show me my data."),
        ("data please", "Can you email me my personal data"),
        ("Records", "I would like a copy of my records."),
        ("Subject access request – ICO template",
            "Please supply the personal data you hold about me, which I am entitled to receive under data protection law.\n\n" +
            "I would like to receive all personal data you hold about me. " +
            "If you need any more information, please let me know as soon as possible. " +
            "It may be helpful for you to know that data protection law requires you to respond to a request for personal data within " +
            "one calendar month. " +
            "If you do not normally deal with these requests, please pass this email to your data protection officer, " +
            "or another appropriate member of staff."),
        ("GDPR request",
            "I request a copy of my personal data and the following information:\n- the purposes of the processing\n" +
                "- the categories of personal data concerned\n" +
            "- the recipients\n- the existence of the right to request rectification or erasure of personal data or restriction of " +
            "processing or to object to such processing\n" +
            "- the right to lodge a complaint with a supervisory authority\n" +
            "- the existence of automated decision-making, including profiling"),
        ("Request", "Please do not delete any of my data before you have answered: I want a copy of all the data you hold about me."),
        ("Request", "I am not asking you to delete my data. I just want to know what you hold about me."),
        (
            "Request",
            "I'd like a copy of my personal data.\n\n-- \nA. Person\n"
                + "If you no longer want to hear from us, unsubscribe me and delete my data"),
        (
            "Re: Request",
            "Yes please, a copy of my data.\n\nOn Mon, 3 Aug 2026 at 10:02, Friend wrote:\n> You could also ask them to delete my data"),
        ("Request", "I’d like to know what data you’ve got on me."),
        (
            "Request",
            "I should like to see what personal information your company holds about me.\n\nThis email is confidential. "
                + "If you have received it in error please delete it and notify the sender."),
        ("RIGHT OF ACCESS", "I AM EXERCISING MY RIGHT OF ACCESS. SEND ME A COPY OF MY PERSONAL INFORMATION."),
        ("Request", "I want to know all the information\nthat you hold about\nme, please."),
        ("Request", "Please tell me if you hold data about me."),
    ];

    public static readonly (string Subject, string Body)[] Portability =
    [
        ("Data portability", "I would like to use my right to data portability."),
        ("", "Under article 20 GDPR, please proceed."),
        ("Moving on", "Please transfer my data to Northwind Ltd."),
        ("Moving on", "Please send my data directly to another provider, as I am switching."),
        ("Export", "Could I have an export of my data please?"),
        ("Export", "Please export all my data."),
        ("Format", "I would like it in a structured, commonly used and machine-readable format."),
        ("Switching", "I want to take my data with me to a new supplier."),
    ];

    public static readonly (string Subject, string Body)[] Both =
    [
        ("Access and portability", "Subject access request, and please also give me the data in a machine-readable format."),
        ("Request", "Under articles 15 and article 20 of the GDPR I want my personal data."),
        ("Request", "Please send me a copy of my data, as CSV or JSON."),
        ("Request", "A copy of all the information you hold about me please, and transfer my data to my new provider."),
    ];

    public static readonly (string Subject, string Body)[] ForHumans =
    [
        ("", ""),
        ("Hello", "Please call me."),
        ("Invoice", "Could you send me a copy of my invoice for July?"),
        ("Contract", "Please send a copy of our contract. Article 15 of it deals with notice."),
        ("Toner", "The printer in the second office is out of toner."),
        ("Login", "I cannot get access to my account."),
        ("Delete", "Please delete my data."),
        ("Delete", "Delete my data and send me a copy of it first."),
        ("GDPR", "I want a copy of my data and then I want everything deleted."),
        ("Erasure request", "As above."),
        ("Right to be forgotten", "I wish to be forgotten."),
        ("Please", "Forget me. And tell me what data you hold about me."),
        ("Marketing", "Please do not send me marketing."),
        ("Marketing", "Stop emailing me."),
        ("Marketing", "I would like a copy of my data, and please stop sending me newsletters."),
        ("unsubscribe", ""),
        ("Objection", "I object to the processing of my data for direct marketing."),
        ("Wrong address", "My address is wrong, please correct my details."),
        ("Update", "Please update my email address to the one that I write from."),
        ("Restrict", "Please restrict the processing of my data until this is sorted out."),
        ("Consent", "I withdraw my consent."),
        ("Decision", "I want to contest the automated decision about my credit."),
        ("Not a SAR", "This is not a subject access request."),
        ("Data", "I do not want a copy of my data."),
        ("Chasing", "I have still not received a copy of my data."),
        ("Thanks", "Thank you for the copy of my data."),
        ("Question", "How do I make a subject access request?"),
        ("Question", "Who should I send a SAR to?"),
        ("SAR", "I write on behalf of Mrs A. Person, who would like a copy of the data you hold about her."),
        ("SAR", "We act as solicitors. Our client makes a subject access request."),
        ("Forwarded", "We have received a subject access request from one of our employees. As our processor, please assist."),
        ("Mum", "Please send me my mother's data."),
        ("Compliance software", "Our platform automates subject access requests for firms like yours. Book a demo."),
        ("Complaint", "I want to complain about how you handled my personal data."),
        ("Fwd", "See below.\n\n-----Original Message-----\nFrom: someone@example.com\nI would like a copy of my data."),
        ("Re: newsletter", "Nice one!\n> Subject access request\n> copy of my data"),
        ("Sars", "Has anyone at your office had SARS?"),
        ("Backup", "Please move my files to the new server and delete the old ones."),
        ("Print", "I would like copies of the brochure."),
        ("Job", "Please find my CV attached, I look forward to hearing from you about the data analyst position."),
        ("", "您好，我想知道你们有关我的数据。"),
        ("Sell", "Do not sell my data."),
    ];
}
