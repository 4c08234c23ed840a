//! The least a server could do: one blocking `send()` a socket, in a loop.
//!
//! `floor MEMBERS K RATE BYTES` waits for the members, then sends K messages
//! of BYTES in one call to each, RATE messages a second, until it is ended.

use crate::{Outcome, frame};
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

pub fn main(args: &[String]) -> Outcome<()> {
    let numbers: Vec<u32> = args.iter().map(|a| a.parse()).collect::<Result<_, _>>()?;
    let [members, k, rate, bytes] = numbers[..] else { return Err("floor takes 4 numbers".into()) };
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("listening on http://{}", listener.local_addr()?);
    let mut sockets: Vec<TcpStream> = Vec::new();
    for stream in listener.incoming().take(members as usize) {
        let stream = stream?;
        stream.set_nodelay(true)?;
        sockets.push(stream);
    }
    let every = Duration::from_secs(1) * k / rate;
    let mut next = Instant::now();
    for n in 0u32.. {
        let call: Vec<u8> =
            (0..k).flat_map(|i| frame::plain(&frame::message(n * k + i, bytes as usize))).collect();
        for socket in &mut sockets {
            // The members have gone: the run is over.
            if socket.write_all(&call).is_err() {
                return Ok(());
            }
        }
        next += every;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
    }
    Ok(())
}
