package import Vocabulary

/// Why a certificate is restricted, suspended or ended, with the law that it rests on.
package enum CertificateGround: String, Sendable, Codable, CaseIterable {
    /// 监督检查发现问题，正在查处.
    case investigation
    /// 人民法院协助执行通知.
    case courtOrder
    /// 年检未通过.
    case checkFailed
    /// 照面信息有误，待更正.
    case dataInDoubt
    /// 行政处罚：暂扣许可证件.
    case penalty
    /// 撤销：依法不应准予.
    case unlawfulGrant
    /// 撤销：以欺骗、贿赂等不正当手段取得.
    case fraud
    /// 行政处罚：吊销许可证件.
    case forfeited
    /// 撤回：依据的法律、法规、规章修改或者废止.
    case lawChanged
    /// 撤回：客观情况发生重大变化.
    case circumstancesChanged
    /// 注销：有效期届满未延续.
    case notRenewed
    /// 注销：公民死亡或者丧失行为能力，组织终止.
    case holderGone
    /// 注销：被撤销、撤回或者吊销.
    case endedOtherwise
    /// 注销：不可抗力.
    case forceMajeure
    /// 注销：法律、法规规定的其他情形.
    case otherLawful

    /// The law that it rests on, as pages and papers cite it.
    package var law: String {
        switch self {
        case .investigation: "《中华人民共和国行政许可法》第六十一条"
        case .courtOrder: "《中华人民共和国民事诉讼法》"
        case .checkFailed: "《中华人民共和国行政许可法》第六十二条"
        case .dataInDoubt: "《中华人民共和国个人信息保护法》第四十六条"
        case .penalty, .forfeited: "《中华人民共和国行政处罚法》第九条第三项"
        case .unlawfulGrant: "《中华人民共和国行政许可法》第六十九条第一款"
        case .fraud: "《中华人民共和国行政许可法》第六十九条第二款"
        case .lawChanged, .circumstancesChanged: "《中华人民共和国行政许可法》第八条第二款"
        case .notRenewed: "《中华人民共和国行政许可法》第七十条第一项"
        case .holderGone: "《中华人民共和国行政许可法》第七十条第二项、第三项"
        case .endedOtherwise: "《中华人民共和国行政许可法》第七十条第四项"
        case .forceMajeure: "《中华人民共和国行政许可法》第七十条第五项"
        case .otherLawful: "《中华人民共和国行政许可法》第七十条第六项"
        }
    }

    /// Grounds on which a certificate is restricted by an officer.
    package static let ofRestriction: [CertificateGround] = [.investigation, .courtOrder, .dataInDoubt]
    /// Grounds on which it is suspended.
    package static let ofSuspension: [CertificateGround] = [.penalty, .courtOrder]

    /// Grounds of an ending. A change has none: the later version is the reason.
    package static func of(_ ending: Certificate.Ending) -> [CertificateGround] {
        switch ending {
        case .recalled: [.lawChanged, .circumstancesChanged]
        case .revoked: [.unlawfulGrant, .fraud, .forfeited]
        case .cancelled: [.notRenewed, .holderGone, .endedOtherwise, .forceMajeure, .otherLawful]
        case .changed: []
        }
    }
}

/// What is done to a certificate. Who may do it is data on the command; whose certificate it is, `Permits` compares.
package enum CertificateCommand: Hashable, Sendable, Codable {
    /// 制证: the face is made.
    case make
    case restrict(CertificateGround, note: String)
    case suspend(CertificateGround, note: String)
    /// Ends a restriction or a suspension.
    case lift(note: String)
    /// 年检.
    case check(passed: Bool, note: String)
    /// 撤回, 撤销, 注销.
    case end(Certificate.Ending, CertificateGround, note: String)
    /// 归档.
    case archive
    /// Time has passed.
    case tick

    /// Any one of these is needed, for the body that issued the certificate. Supervisors have none of them.
    package var powers: [Power] {
        switch self {
        case .make, .tick: [.platform]
        case .restrict, .suspend, .lift, .check, .archive: [.keepCertificates]
        case .end: [.decide, .lead]
        }
    }

    /// The law under which it is done: the ground's where there is one.
    package var law: String {
        switch self {
        case .restrict(let ground, _), .suspend(let ground, _), .end(_, let ground, _): ground.law
        case .make: "《国务院关于在线政务服务的若干规定》第十条"
        case .lift: "《中华人民共和国行政许可法》第六十一条"
        case .check: "《中华人民共和国行政许可法》第六十二条"
        case .archive: "《国务院关于在线政务服务的若干规定》第十二条"
        case .tick: "《中华人民共和国行政许可法》第五十条"
        }
    }
}
