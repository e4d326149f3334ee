import Foundation
import Notices
import Vocabulary
import struct Web.SiteAddress

/// How notices leave the house. Without gateways they stand in the portal only.
extension Settings {
    /// `ONEWINDOW_SMS_URL`: the gateway for text messages, `https://…`; without it there are none.
    static var smsURL: String? { value("ONEWINDOW_SMS_URL") }
    /// `ONEWINDOW_SMS_KEY`: the secret under which requests to it are signed, 16 characters or more.
    static var smsKey: String? { value("ONEWINDOW_SMS_KEY") }
    /// `ONEWINDOW_SMTP_URL`: the relay for mail, `smtp://[USER:PASSWORD@]HOST:PORT` or `smtps://…`; without it no mail.
    static var smtpURL: String? { value("ONEWINDOW_SMTP_URL") }
    /// `ONEWINDOW_SMTP_FROM`: the address from which mail comes.
    static var smtpFrom: String? { value("ONEWINDOW_SMTP_FROM") }
    /// `ONEWINDOW_NOTICE_NAME`: the name in front of text messages and over mail, 2 to 8 characters.
    static var noticeName: String { value("ONEWINDOW_NOTICE_NAME") ?? Post.usualSignature }
    /// `ONEWINDOW_QUIET_HOURS`: `21:00-08:00` unless told otherwise, `none` for no rest; Beijing time.
    static var quietText: String { value("ONEWINDOW_QUIET_HOURS") ?? "\(QuietHours.usual)" }

    /// LIMIT: exchanges with gateways at once; an effect runner takes no more, so that none outlives its lease.
    static let exchangesMax = 8

    /// The post as it is set. Refuses what cannot work, as `Fault.misconfigured`, without repeating a value.
    static func post(port: Int, time: TimeSource) throws -> Post {
        guard let quiet = QuietHours(quietText) else {
            throw Fault.misconfigured("ONEWINDOW_QUIET_HOURS is HH:MM-HH:MM or none")
        }
        guard (2...Post.signatureCharactersMax).contains(noticeName.count),
            !noticeName.contains(where: { $0.isNewline || "【】".contains($0) })
        else { throw Fault.misconfigured("ONEWINDOW_NOTICE_NAME is 2 to \(Post.signatureCharactersMax) characters") }
        return Post(
            gateways: try gateways(time), quiet: quiet,
            house: (signature: noticeName, address: try address(port: port).absolute("/")),
            templates: try .shipped())
    }

    private static func gateways(_ time: TimeSource) throws -> [NoticeChannel: any MessageGateway] {
        guard smsURL != nil || smtpURL != nil else { return [:] }
        let workers = Workers(name: "gateways", threads: exchangesMax, queueMax: 64)
        var gateways: [NoticeChannel: any MessageGateway] = [:]
        if let smsURL {
            guard let gateway = SMSGateway(url: smsURL, key: smsKey ?? "", time: time, workers: workers) else {
                throw Fault.misconfigured(
                    "ONEWINDOW_SMS_URL is https://…, http:// on this machine only, and goes with an ONEWINDOW_SMS_KEY "
                        + "of 16 characters or more")
            }
            gateways[.sms] = gateway
        }
        if let smtpURL {
            guard let from = smtpFrom.flatMap(MailAddress.init),
                let gateway = MailGateway(url: smtpURL, from: from, name: noticeName, workers: workers)
            else {
                throw Fault.misconfigured(
                    "ONEWINDOW_SMTP_URL is smtp://HOST:PORT or smtps://…, and goes with an ONEWINDOW_SMTP_FROM")
            }
            gateways[.mail] = gateway
        }
        return gateways
    }

    /// The post for those who look: no secret, no password.
    static func postLines() throws -> [String] {
        let post = try post(port: ServeCommand.portUsual, time: Wiring.time)
        let hidden = (smtpURL ?? "").replacing(/\/\/[^@\/]*@/) { _ in "//***@" }
        return [
            "text messages: "
                + (smsURL.map { "\($0), signed (***)" } ?? "no gateway, notices stand in the portal only"),
            "mail: "
                + (smtpURL == nil ? "no relay, notices stand in the portal only" : "\(hidden) from \(smtpFrom ?? "")"),
            "quiet hours: \(post.quiet)",
        ]
    }
}
