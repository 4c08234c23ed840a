//! Somebody in the room while others misbehave.

use super::{Client, Home, Server};

/// A server with somebody in the room whom nothing must disturb.
pub struct Bystander {
    /// Where the server keeps its things.
    pub home: Home,
    /// The server.
    pub server: Server,
    /// Whose connection must go on.
    pub member: Client,
    lines: u32,
}

impl Bystander {
    /// Starts a server and lets them in.
    pub async fn new() -> Self {
        let home = Home::new();
        let server = home.start().await;
        let member = server.viewer("Bystander").await;
        Self { home, server, member, lines: 0 }
    }

    /// The process lives, and the same connection still speaks and hears.
    pub async fn is_undisturbed(&mut self) {
        assert!(self.server.is_running(), "the process ended:\n{}", self.server.output());
        self.lines += 1;
        let text = format!("still here {}", self.lines);
        self.member.say(&text).await;
        self.member.hear(&text).await;
    }
}
