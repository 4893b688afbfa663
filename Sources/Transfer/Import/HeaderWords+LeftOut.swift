extension HeaderWords {
    /// What is known and means nothing here.
    static let leftOut: [String: LeftOut] = table([
        (
            .statistics,
            """
            totalspent totalspend totalorders ordercount orderscount ordersnumber lastorderdate lastorder \
            averageordervalue lifetimevalue addresscount memberrating
            """
        ),
        (
            .technical,
            """
            attributecount registrationipaddress ipaddress ip optinip confirmip datemodified lastupdate lastchanged \
            updatedat modifiedat originalchannelid channelids customergroupid groupid defaultgroupid storeid websiteid createdin entityid disableautogroupchange rewardupdatenotification rewardwarningnotification \
            rptokencreatedat confirmation vatisvalid vatrequestdate vatrequestid vatrequestsuccess regionid \
            addressdefaultbilling addressdefaultshipping defaultbilling defaultshipping richediting syntaxhighlighting \
            admincolor usessl showadminbarfront showwelcomepanel wpuserlevel currency latitude longitude lat lng gmtoff \
            dstoff timezone leid euid directoryserver mileage sensitivity priority subject billinginformation \
            organization1symbol organization1jobdescription organization1type store adressid addressid \
            manufacturer supplier pager pagernumber initials shortname screenname delinquent defaultcard cardlast4 \
            cardtype cardcountry titlesid
            """
        ),
        (
            .account,
            """
            username userlogin login accountstatus userstatus userrole role roles authentication autogeneratepassword \
            active aktif complimentaryplan
            """
        ),
        (.consent, "optin acceptsproductreviewabandonedcartemail optintime"),
        (
            .phonetic,
            """
            yominame givennameyomi additionalnameyomi familynameyomi organization1yominame phoneticfirstname \
            phoneticmiddlename phoneticlastname
            """
        ),
        (.media, "photo picture avatar foto fotograf"),
        (
            .kind,
            """
            email1type email1label phone1type phone1label address1type address1label website1type website1label \
            relation1type relation1label event1type event1label
            """
        ),
        (.repeated, "fileas usernicename address1formatted"),
    ])
}
