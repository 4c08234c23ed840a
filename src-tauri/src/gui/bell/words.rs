//! What a notification says, in the languages of the console.

use super::fold::Heard;
use surtitle_core::Language;

/// One notification: plain text, not markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its first line.
    pub title: String,
    /// What is below.
    pub text: String,
}

/// Words for what was heard.
pub fn notice(language: Language, heard: &Heard) -> Notice {
    let names = names(language, heard);
    if let Some(gift) = &heard.gift {
        let title = match language {
            Language::English => format!("Gift from {names}"),
            Language::Chinese => format!("{names} 送来礼物"),
            Language::Japanese => format!("{names} さんからギフト"),
        };
        return Notice { title, text: format!("{gift} ×{}", heard.gifts) };
    }
    let gifts = (heard.gifts > 0).then(|| match (language, heard.gifts) {
        (Language::English, 1) => "1 gift".to_owned(),
        (Language::English, n) => format!("{n} gifts"),
        (Language::Chinese, n) => format!("{n} 份礼物"),
        (Language::Japanese, n) => format!("ギフト {n} 件"),
    });
    let questions = (heard.questions > 0).then(|| match (language, heard.questions) {
        (Language::English, 1) => "1 new question".to_owned(),
        (Language::English, n) => format!("{n} new questions"),
        (Language::Chinese, n) => format!("{n} 个新提问"),
        (Language::Japanese, n) => format!("新しい質問 {n} 件"),
    });
    let both: Vec<String> = gifts.into_iter().chain(questions).collect();
    Notice { title: both.join(between(language)), text: names }
}

/// A notification to see whether they come through.
pub fn sample(language: Language) -> Notice {
    let (title, text) = match language {
        Language::English => ("Notifications work", "Gifts and questions are told like this."),
        Language::Chinese => ("通知可以显示", "礼物和提问会这样提醒你。"),
        Language::Japanese => ("通知を表示できます", "ギフトと質問はこのように届きます。"),
    };
    Notice { title: title.into(), text: text.into() }
}

fn names(language: Language, heard: &Heard) -> String {
    let names = heard.names.join(between(language));
    match language {
        _ if !heard.more => names,
        Language::English => format!("{names} and others"),
        Language::Chinese => format!("{names} 等人"),
        Language::Japanese => format!("{names} ほか"),
    }
}

fn between(language: Language) -> &'static str {
    match language {
        Language::English => ", ",
        Language::Chinese | Language::Japanese => "、",
    }
}

/// `text` for a desktop that reads the markup of the notification
/// specification: it shows as it is written.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Language; 3] = [Language::English, Language::Chinese, Language::Japanese];

    fn heard(gifts: u64, questions: u64, names: &[&str], more: bool) -> Heard {
        let names = names.iter().map(|&name| name.to_owned()).collect();
        Heard { gifts, gift: None, questions, names, more }
    }

    fn titles(heard: &Heard) -> [String; 3] {
        ALL.map(|language| notice(language, heard).title)
    }

    #[test]
    fn one_gift_names_giver_gift_and_count() {
        let heard = Heard { gift: Some("Rose".into()), ..heard(9, 0, &["Mika"], false) };
        assert_eq!(titles(&heard), ["Gift from Mika", "Mika 送来礼物", "Mika さんからギフト"]);
        assert_eq!(notice(Language::Japanese, &heard).text, "Rose ×9");
    }

    #[test]
    fn many_are_counted_and_one_is_not_many() {
        assert_eq!(
            titles(&heard(3, 1, &["Mika"], false)),
            ["3 gifts, 1 new question", "3 份礼物、1 个新提问", "ギフト 3 件、新しい質問 1 件"]
        );
        assert_eq!(titles(&heard(1, 2, &[], false))[0], "1 gift, 2 new questions");
        assert_eq!(titles(&heard(0, 1, &[], false))[0], "1 new question");
    }

    #[test]
    fn names_are_listed_as_each_language_does() {
        let heard = heard(4, 0, &["Mika", "Sora", "Ada"], true);
        let texts = ALL.map(|language| notice(language, &heard).text);
        assert_eq!(
            texts,
            ["Mika, Sora, Ada and others", "Mika、Sora、Ada 等人", "Mika、Sora、Ada ほか"]
        );
    }

    #[test]
    fn escaped_text_holds_no_markup() {
        assert_eq!(
            escaped("<a href='x'>\"A&B\"</a>"),
            "&lt;a href=&#39;x&#39;&gt;&quot;A&amp;B&quot;&lt;/a&gt;"
        );
    }

    #[test]
    fn a_language_is_its_tag_in_the_settings() {
        let tags = ALL.map(|language| serde_json::to_value(language).expect("a word"));
        assert_eq!(tags, ["en", "zh-Hans", "ja"]);
    }
}
