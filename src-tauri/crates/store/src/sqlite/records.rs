//! Rooms, profiles, mutes, tokens and settings in SQLite.

use super::{integer, natural};
use crate::{Error, MuteRecord, ProfileRecord, RoomRecord, Setting, TokenHash, TokenRecord};
use sqlx::SqlitePool;
use surtitle_core::{Millis, Role, RoomId, UserId};

type RoomRow = (String, String, i64, i64);

fn room((id, name, created_at, likes): RoomRow) -> RoomRecord {
    let created_at = Millis(natural(created_at));
    RoomRecord { id: RoomId(id), name, created_at, likes: natural(likes) }
}

pub async fn list_rooms(pool: &SqlitePool) -> Result<Vec<RoomRecord>, Error> {
    let rows: Vec<RoomRow> =
        sqlx::query_as("SELECT id, name, created_at, likes FROM rooms ORDER BY created_at, id")
            .fetch_all(pool)
            .await?;
    Ok(rows.into_iter().map(room).collect())
}

pub async fn get_room(pool: &SqlitePool, id: &RoomId) -> Result<Option<RoomRecord>, Error> {
    let query = "SELECT id, name, created_at, likes FROM rooms WHERE id = ?";
    let row: Option<RoomRow> = sqlx::query_as(query).bind(&id.0).fetch_optional(pool).await?;
    Ok(row.map(room))
}

pub async fn put_room(pool: &SqlitePool, room: &RoomRecord) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO rooms (id, name, created_at, likes) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, created_at = excluded.created_at,
         likes = max(likes, excluded.likes)",
    )
    .bind(room.id.as_str())
    .bind(&room.name)
    .bind(integer(room.created_at.0))
    .bind(integer(room.likes))
    .execute(pool)
    .await?;
    Ok(())
}

pub async fn delete_room(pool: &SqlitePool, room: &RoomId) -> Result<(), Error> {
    let mut transaction = pool.begin().await?;
    for sql in ["DELETE FROM mutes WHERE room = ?", "DELETE FROM rooms WHERE id = ?"] {
        sqlx::query(sql).bind(room.as_str()).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

pub async fn get_profile(pool: &SqlitePool, id: &UserId) -> Result<Option<ProfileRecord>, Error> {
    let row: Option<(String, Option<String>, i64)> =
        sqlx::query_as("SELECT nick, avatar, created_at FROM profiles WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(pool)
            .await?;
    Ok(row.map(|(nick, avatar, created_at)| ProfileRecord {
        id: id.clone(),
        nick,
        avatar,
        created_at: Millis(natural(created_at)),
    }))
}

pub async fn put_profile(pool: &SqlitePool, profile: &ProfileRecord) -> Result<(), Error> {
    sqlx::query(
        "INSERT OR REPLACE INTO profiles (id, nick, avatar, created_at) VALUES (?, ?, ?, ?)",
    )
    .bind(profile.id.as_str())
    .bind(&profile.nick)
    .bind(&profile.avatar)
    .bind(integer(profile.created_at.0))
    .execute(pool)
    .await?;
    Ok(())
}

pub async fn list_mutes(pool: &SqlitePool, room: &RoomId) -> Result<Vec<MuteRecord>, Error> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT user, until FROM mutes WHERE room = ? ORDER BY user")
            .bind(room.as_str())
            .fetch_all(pool)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(user, until)| MuteRecord {
            room: room.clone(),
            user: UserId(user),
            until: Millis(natural(until)),
        })
        .collect())
}

pub async fn put_mute(pool: &SqlitePool, mute: &MuteRecord) -> Result<(), Error> {
    sqlx::query("INSERT OR REPLACE INTO mutes (room, user, until) VALUES (?, ?, ?)")
        .bind(mute.room.as_str())
        .bind(mute.user.as_str())
        .bind(integer(mute.until.0))
        .execute(pool)
        .await?;
    Ok(())
}

pub async fn delete_mute(pool: &SqlitePool, room: &RoomId, user: &UserId) -> Result<(), Error> {
    sqlx::query("DELETE FROM mutes WHERE room = ? AND user = ?")
        .bind(room.as_str())
        .bind(user.as_str())
        .execute(pool)
        .await?;
    Ok(())
}

pub async fn delete_mutes(pool: &SqlitePool, room: &RoomId) -> Result<u64, Error> {
    let done =
        sqlx::query("DELETE FROM mutes WHERE room = ?").bind(room.as_str()).execute(pool).await?;
    Ok(done.rows_affected())
}

pub async fn list_tokens(pool: &SqlitePool) -> Result<Vec<TokenRecord>, Error> {
    let rows: Vec<(Vec<u8>, String, String, i64)> =
        sqlx::query_as("SELECT hash, role, name, created_at FROM tokens ORDER BY created_at, hash")
            .fetch_all(pool)
            .await?;
    rows.into_iter()
        .map(|(hash, role, name, created_at)| {
            let damaged = || Error::Record { table: "token", key: name.clone(), source: None };
            Ok(TokenRecord {
                hash: TokenHash::try_from(hash).map_err(|_| damaged())?,
                role: role_of(&role).ok_or_else(damaged)?,
                name: name.clone(),
                created_at: Millis(natural(created_at)),
            })
        })
        .collect()
}

pub async fn put_token(pool: &SqlitePool, token: &TokenRecord) -> Result<(), Error> {
    sqlx::query("INSERT OR REPLACE INTO tokens (hash, role, name, created_at) VALUES (?, ?, ?, ?)")
        .bind(&token.hash[..])
        .bind(word_of(token.role))
        .bind(&token.name)
        .bind(integer(token.created_at.0))
        .execute(pool)
        .await?;
    Ok(())
}

pub async fn delete_token(pool: &SqlitePool, hash: &TokenHash) -> Result<(), Error> {
    sqlx::query("DELETE FROM tokens WHERE hash = ?").bind(&hash[..]).execute(pool).await?;
    Ok(())
}

pub async fn delete_tokens(pool: &SqlitePool, role: Role, name: &str) -> Result<u64, Error> {
    let done = sqlx::query("DELETE FROM tokens WHERE role = ? AND name = ?")
        .bind(word_of(role))
        .bind(name)
        .execute(pool)
        .await?;
    Ok(done.rows_affected())
}

pub async fn list_settings(pool: &SqlitePool) -> Result<Vec<Setting>, Error> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT key, value FROM settings ORDER BY key").fetch_all(pool).await?;
    rows.into_iter().map(setting).collect()
}

pub async fn get_setting(pool: &SqlitePool, key: &str) -> Result<Option<Setting>, Error> {
    let query = "SELECT key, value FROM settings WHERE key = ?";
    let row: Option<(String, String)> =
        sqlx::query_as(query).bind(key).fetch_optional(pool).await?;
    row.map(setting).transpose()
}

fn setting((key, value): (String, String)) -> Result<Setting, Error> {
    match serde_json::from_str(&value) {
        Ok(value) => Ok(Setting { key, value }),
        Err(source) => Err(Error::Record { table: "setting", key, source: Some(source) }),
    }
}

pub async fn put_setting(pool: &SqlitePool, setting: &Setting) -> Result<(), Error> {
    sqlx::query("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)")
        .bind(&setting.key)
        .bind(setting.value.to_string())
        .execute(pool)
        .await?;
    Ok(())
}

pub async fn delete_settings(pool: &SqlitePool, prefix: &str) -> Result<u64, Error> {
    // No LIKE: a prefix may hold its signs.
    let query = "DELETE FROM settings WHERE substr(key, 1, length(?1)) = ?1";
    Ok(sqlx::query(query).bind(prefix).execute(pool).await?.rows_affected())
}

/// The word a role is kept as; never changes, other than its name in Rust might.
fn word_of(role: Role) -> &'static str {
    match role {
        Role::Guest => "guest",
        Role::Display => "display",
        Role::Viewer => "viewer",
        Role::Helper => "helper",
        Role::Host => "host",
    }
}

fn role_of(word: &str) -> Option<Role> {
    [Role::Guest, Role::Display, Role::Viewer, Role::Helper, Role::Host]
        .into_iter()
        .find(|role| word_of(*role) == word)
}
