//! A wire between two servers that can be cut.

use std::net::SocketAddr;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// Passes bytes between its own address and a server's, until it is cut.
pub struct Proxy {
    /// Where it listens, also after a cut.
    pub addr: SocketAddr,
    to: SocketAddr,
    running: Option<JoinHandle<()>>,
}

impl Proxy {
    /// A wire to `to` on a free port.
    pub async fn to(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("it is bound");
        Self { addr, to, running: Some(tokio::spawn(pass(listener, to))) }
    }

    /// Drops every connection; new ones are refused.
    pub async fn cut(&mut self) {
        if let Some(running) = self.running.take() {
            running.abort();
            // Its sockets are closed when it is gone.
            let _ = running.await;
        }
    }

    /// Lets connections through again, at the same address.
    pub async fn mend(&mut self) {
        let listener = TcpListener::bind(self.addr).await.expect("the port is still free");
        self.running = Some(tokio::spawn(pass(listener, self.to)));
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.abort();
        }
    }
}

async fn pass(listener: TcpListener, to: SocketAddr) {
    // Ends with this task, and its connections with it.
    let mut open = JoinSet::new();
    while let Ok((mut near, _)) = listener.accept().await {
        open.spawn(async move {
            if let Ok(mut far) = TcpStream::connect(to).await {
                // One that breaks is as good as one that ends.
                let _ = copy_bidirectional(&mut near, &mut far).await;
            }
        });
    }
}
