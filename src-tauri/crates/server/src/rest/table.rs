//! Every command there is, by its path.

use super::call::Call;
use super::limits::Pace;
use super::{accounts, attributes, avchatroom, counters, direct, groups, members, messages};
use super::{nospeaking, profiles, refused, withdraw};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::LazyLock;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame;

/// Most characters of an unknown path that its refusal repeats.
const NAMED: usize = 100;

/// A command: the fields a call of it has.
pub trait Command: DeserializeOwned + JsonSchema + Send + 'static {
    /// `SERVICE/COMMAND`.
    const PATH: &'static str;
    /// What it does, in a sentence.
    const ABOUT: &'static str;
    /// Whose numbers its refusals have.
    const FAMILY: Family = Family::Group;
    /// How often it may be called.
    const PACE: Pace = Pace::Usual;
    /// What is answered beside the frame.
    type Answer: Serialize + JsonSchema;

    /// The number of a refusal of this field: it is missing, or of another type.
    fn malformed(field: &str) -> Code {
        let _ = field;
        Self::FAMILY.field()
    }

    /// Carries it out.
    fn run(self, call: Call) -> impl Future<Output = Result<Self::Answer, Refusal>> + Send;
}

/// Nothing beside the frame.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Done {}

/// The vendor numbers the same mistakes differently in different services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Groups: 100xx.
    Group,
    /// Accounts: 70xxx.
    Account,
    /// Profiles: 40xxx.
    Profile,
    /// Muting by the app: 1300xx.
    Mute,
    /// One-to-one messages: 200xx and 900xx.
    Direct,
}

impl Family {
    /// A field is missing or not what it must be.
    pub fn field(self) -> Code {
        match self {
            Self::Group => Code::Parameter,
            Self::Account => Code::AccountParameter,
            Self::Profile => Code::ProfileRequest,
            Self::Mute => Code::MuteJson,
            Self::Direct => Code::DirectRequest,
        }
    }

    /// Something on this server did not work.
    pub fn server(self) -> Code {
        match self {
            Self::Group => Code::Server,
            Self::Account => Code::AccountServer,
            Self::Profile => Code::ProfileServer,
            Self::Mute => Code::MuteServer,
            Self::Direct => Code::DirectServer,
        }
    }
}

type Answered = Pin<Box<dyn Future<Output = Vec<u8>> + Send>>;

/// One command, as the frame and the description know it.
pub struct Endpoint {
    path: &'static str,
    about: &'static str,
    family: Family,
    pace: Pace,
    request: fn(&mut SchemaGenerator) -> Schema,
    answer: fn(&mut SchemaGenerator) -> Schema,
    run: fn(Call, Vec<u8>) -> Answered,
}

impl Endpoint {
    fn of<C: Command>() -> Self {
        Self {
            path: C::PATH,
            about: C::ABOUT,
            family: C::FAMILY,
            pace: C::PACE,
            request: SchemaGenerator::subschema_for::<C>,
            answer: SchemaGenerator::subschema_for::<C::Answer>,
            run: |call, body| Box::pin(run::<C>(call, body)),
        }
    }

    /// `SERVICE/COMMAND`.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// What it does, in a sentence.
    pub fn about(&self) -> &'static str {
        self.about
    }

    /// Whose numbers its refusals have.
    pub fn family(&self) -> Family {
        self.family
    }

    /// How often it may be called.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// The schemas of what it takes and of what it answers beside the frame.
    pub fn schemas(&self, generator: &mut SchemaGenerator) -> (Schema, Schema) {
        ((self.request)(generator), (self.answer)(generator))
    }

    /// Carries out a call with that body; its answer is whole.
    pub fn run(&self, call: Call, body: Vec<u8>) -> Answered {
        (self.run)(call, body)
    }
}

async fn run<C: Command>(call: Call, body: Vec<u8>) -> Vec<u8> {
    let mut json = serde_json::Deserializer::from_slice(&body);
    let command: C = match serde_path_to_error::deserialize(&mut json) {
        Ok(command) => command,
        Err(error) => {
            let (path, why) = (error.path().to_string(), error.inner().to_string());
            // A missing field has no path; the text names it.
            let missing = why.split('`').nth(1).unwrap_or_default();
            let field = if path == "." { missing } else { &path };
            let field = field.split(['.', '[']).next().unwrap_or_default();
            let text = if path == "." { why.clone() } else { format!("{path}: {why}") };
            return frame::refuse_body(&Refusal::new(C::malformed(field), text));
        }
    };
    match command.run(call).await {
        Ok(answer) => frame::answer_body(&answer),
        Err(refusal) => frame::refuse_body(&of_family(C::FAMILY, refusal)),
    }
}

/// A fault of this server has the family's number, whoever found it.
fn of_family(family: Family, refusal: Refusal) -> Refusal {
    if refusal.number == Code::Server.number() { family.server().into() } else { refusal }
}

static TABLE: LazyLock<BTreeMap<&'static str, Endpoint>> = LazyLock::new(|| {
    let own = [
        Endpoint::of::<groups::Create>(),
        Endpoint::of::<groups::Destroy>(),
        Endpoint::of::<groups::List>(),
        Endpoint::of::<groups::Info>(),
        Endpoint::of::<groups::Modify>(),
        Endpoint::of::<groups::Joined>(),
        Endpoint::of::<messages::Send>(),
        Endpoint::of::<messages::Notify>(),
        Endpoint::of::<messages::Broadcast>(),
        Endpoint::of::<messages::History>(),
        Endpoint::of::<messages::Forget>(),
        Endpoint::of::<members::Mute>(),
        Endpoint::of::<members::Muted>(),
        Endpoint::of::<members::Shutted>(),
        Endpoint::of::<members::Ban>(),
        Endpoint::of::<members::Unban>(),
        Endpoint::of::<members::Banned>(),
        Endpoint::of::<members::Online>(),
        Endpoint::of::<counters::Update>(),
        Endpoint::of::<counters::Read>(),
        Endpoint::of::<counters::Delete>(),
        Endpoint::of::<attributes::Modify>(),
        Endpoint::of::<attributes::Set>(),
        Endpoint::of::<attributes::Clear>(),
        Endpoint::of::<attributes::Read>(),
        Endpoint::of::<attributes::ReadOld>(),
        Endpoint::of::<avchatroom::Members>(),
        Endpoint::of::<avchatroom::Mark>(),
        Endpoint::of::<avchatroom::ModifyAdmin>(),
        Endpoint::of::<avchatroom::Admins>(),
        Endpoint::of::<avchatroom::Check>(),
        Endpoint::of::<avchatroom::AddRobots>(),
        Endpoint::of::<avchatroom::DeleteRobots>(),
        Endpoint::of::<accounts::Import>(),
        Endpoint::of::<accounts::ImportMany>(),
        Endpoint::of::<accounts::Check>(),
        Endpoint::of::<accounts::Delete>(),
        Endpoint::of::<accounts::Kick>(),
        Endpoint::of::<profiles::Set>(),
        Endpoint::of::<profiles::Get>(),
        Endpoint::of::<direct::Send>(),
        Endpoint::of::<direct::SendMany>(),
        Endpoint::of::<direct::Query>(),
        Endpoint::of::<withdraw::Withdraw>(),
        Endpoint::of::<nospeaking::Set>(),
        Endpoint::of::<nospeaking::Get>(),
    ];
    let refused = [
        Endpoint::of::<refused::ChangeOwner>(),
        Endpoint::of::<refused::AddMember>(),
        Endpoint::of::<refused::DeleteMember>(),
        Endpoint::of::<refused::MemberInfo>(),
        Endpoint::of::<refused::ModifyMember>(),
        Endpoint::of::<refused::Role>(),
        Endpoint::of::<refused::Recall>(),
        Endpoint::of::<refused::ImportGroup>(),
        Endpoint::of::<refused::ImportMember>(),
        Endpoint::of::<refused::ImportMessage>(),
    ];
    own.into_iter().chain(refused).map(|endpoint| (endpoint.path, endpoint)).collect()
});

/// Every command, by path.
pub fn all() -> impl Iterator<Item = &'static Endpoint> {
    TABLE.values()
}

/// The command of a path, `/v4/SERVICE/COMMAND`.
///
/// # Errors
/// 60009, which says what there is none of.
pub fn find(path: &str) -> Result<&'static Endpoint, Refusal> {
    let name = path.strip_prefix("/v4/").unwrap_or_default();
    if let Some(endpoint) = TABLE.get(name) {
        return Ok(endpoint);
    }
    let shown: String = name.chars().take(NAMED).collect();
    let (service, command) = shown.split_once('/').unwrap_or((&shown, ""));
    let known = TABLE.keys().any(|path| path.split('/').next() == Some(service));
    let text = if known {
        format!("the service {service} has no command {command:?}; see /v4/openapi.json")
    } else {
        format!("there is no service {service:?}; see /v4/openapi.json")
    };
    Err(Refusal::new(Code::RestPath, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_two_words_and_an_unknown_one_is_named() {
        for endpoint in all() {
            assert_eq!(endpoint.path.split('/').count(), 2, "{}", endpoint.path);
            assert!(find(&format!("/v4/{}", endpoint.path)).is_ok());
        }
        for (path, names) in [
            ("/v4/group_open_http_svc/nothing", "no command \"nothing\""),
            ("/v4/nothing/create_group", "no service \"nothing\""),
            ("/v4/group_open_http_svc/Create_Group", "no command \"Create_Group\""),
            ("/v3/group_open_http_svc/create_group", "no service \"\""),
        ] {
            let refusal = find(path).err().expect("there is none");
            assert_eq!(refusal.number, 60009);
            assert!(refusal.text.contains(names), "{}", refusal.text);
        }
    }
}
